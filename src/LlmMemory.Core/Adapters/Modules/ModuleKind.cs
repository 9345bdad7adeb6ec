namespace LlmMemory.Adapters.Modules;

/// <summary>What a module is to a library that puts adapters beside it.</summary>
internal enum ModuleKind
{
    /// <summary>torch.nn.Linear, weight [outputs, inputs].</summary>
    Linear,

    /// <summary>transformers' Conv1D, which is a linear layer with its weight the other way round: GPT-2.</summary>
    TransposedLinear,

    /// <summary>torch.nn.Embedding, weight [rows, width].</summary>
    Embedding,

    /// <summary>A normalisation.</summary>
    Norm,

    /// <summary>A convolution.</summary>
    Convolution,

    /// <summary>A module of a family's own, whose weights are bare parameters: stacked experts, routers, sinks.</summary>
    Other,
}
