namespace LlmMemory.Models.Blocks;

/// <summary>What a family calls the tensors of its feed-forward network.</summary>
public sealed record MlpNames
{
    /// <summary>The names of Llama, and of most models since.</summary>
    public static MlpNames Llama { get; } = new();

    /// <summary>What stands before all of them.</summary>
    public string Prefix { get; init; } = "mlp.";

    /// <summary>Gate and up in one; null where they are apart.</summary>
    public string? GateUp { get; init; }

    /// <summary>The gate projection.</summary>
    public string Gate { get; init; } = "gate_proj";

    /// <summary>The up projection.</summary>
    public string Up { get; init; } = "up_proj";

    /// <summary>The down projection.</summary>
    public string Down { get; init; } = "down_proj";

    /// <summary>
    /// True where the weights are stored transposed, [inputs, outputs]: the Conv1D of GPT-2. Source: transformers,
    /// pytorch_utils.py.
    /// </summary>
    public bool StoresInputsFirst { get; init; }
}
