namespace LlmMemory.Models.Blocks;

/// <summary>What a family calls the tensors of its attention.</summary>
public sealed record AttentionNames
{
    /// <summary>The names of Llama, and of most models since.</summary>
    public static AttentionNames Llama { get; } = new();

    /// <summary>What stands before all of them.</summary>
    public string Prefix { get; init; } = "self_attn.";

    /// <summary>Query, key and value in one; null where they are apart.</summary>
    public string? QueryKeyValue { get; init; }

    /// <summary>The query projection.</summary>
    public string Query { get; init; } = "q_proj";

    /// <summary>The key projection.</summary>
    public string Key { get; init; } = "k_proj";

    /// <summary>The value projection.</summary>
    public string Value { get; init; } = "v_proj";

    /// <summary>The output projection.</summary>
    public string Output { get; init; } = "o_proj";

    /// <summary>The normalisation of queries.</summary>
    public string QueryNorm { get; init; } = "q_norm";

    /// <summary>The normalisation of keys.</summary>
    public string KeyNorm { get; init; } = "k_norm";

    /// <summary>The sinks, the full name.</summary>
    public string Sinks { get; init; } = "sinks";

    /// <summary>
    /// True where a layer that reads another layer's keys and values still has key and value projections in the
    /// checkpoint, as in Gemma 3n and Gemma 4.
    /// </summary>
    public bool KeepsSharedProjections { get; init; }

    /// <summary>
    /// True where the weights are stored transposed, [inputs, outputs]: the Conv1D of GPT-2. Source: transformers,
    /// pytorch_utils.py.
    /// </summary>
    public bool StoresInputsFirst { get; init; }
}
