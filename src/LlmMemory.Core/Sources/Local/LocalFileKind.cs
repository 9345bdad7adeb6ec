namespace LlmMemory.Sources.Local;

/// <summary>What a file of a model on this machine is for.</summary>
public enum LocalFileKind
{
    /// <summary>The model's weights, or a part of them.</summary>
    Weights,

    /// <summary>A vision or audio encoder beside the weights (mmproj).</summary>
    Projector,

    /// <summary>An adapter (LoRA) beside the weights.</summary>
    Adapter,

    /// <summary>A configuration, a tokenizer, a licence.</summary>
    Other,
}
