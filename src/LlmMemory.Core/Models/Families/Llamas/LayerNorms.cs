namespace LlmMemory.Models.Families.Llamas;

/// <summary>
/// The normalisations of a layer by the place where they stand; null where none stands. The same name stands in
/// different places: <c>post_attention_layernorm</c> comes before the feed-forward network in Llama and GLM-4, after
/// attention in OLMo 2.
/// </summary>
internal sealed record LayerNorms
{
    /// <summary>One before attention and one before the feed-forward network, named as in Llama.</summary>
    public static LayerNorms Llama { get; } =
        new() { BeforeAttention = "input_layernorm", BeforeMlp = "post_attention_layernorm" };

    /// <summary>One for attention and feed-forward network side by side.</summary>
    public static LayerNorms Shared { get; } = new() { BeforeAttention = "input_layernorm" };

    /// <summary>None before, one after each of the two: OLMo 2 and 3, EXAONE 4.</summary>
    public static LayerNorms After { get; } =
        new() { AfterAttention = "post_attention_layernorm", AfterMlp = "post_feedforward_layernorm" };

    /// <summary>Normalises what attention reads.</summary>
    public string? BeforeAttention { get; init; }

    /// <summary>Normalises what attention adds.</summary>
    public string? AfterAttention { get; init; }

    /// <summary>Normalises what the feed-forward network reads.</summary>
    public string? BeforeMlp { get; init; }

    /// <summary>Normalises what the feed-forward network adds.</summary>
    public string? AfterMlp { get; init; }
}
