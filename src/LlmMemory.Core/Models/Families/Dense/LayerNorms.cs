using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Dense;

/// <summary>Where a layer normalises, and what those normalisations are called; null where it does not.</summary>
internal sealed record LayerNorms
{
    /// <summary>Before attention and before the feed-forward network, as Llama does.</summary>
    public static LayerNorms Llama { get; } = new()
    {
        BeforeAttention = "input_layernorm",
        BeforeFeedForward = "post_attention_layernorm",
    };

    /// <summary>After attention and after the feed-forward network, as OLMo 2 does.</summary>
    public static LayerNorms After { get; } = new()
    {
        AfterAttention = "post_attention_layernorm",
        AfterFeedForward = "post_feedforward_layernorm",
    };

    /// <summary>Around both, as Gemma 2 does.</summary>
    public static LayerNorms Sandwich { get; } = new()
    {
        BeforeAttention = "input_layernorm",
        AfterAttention = "post_attention_layernorm",
        BeforeFeedForward = "pre_feedforward_layernorm",
        AfterFeedForward = "post_feedforward_layernorm",
    };

    /// <summary>One for attention and the feed-forward network side by side.</summary>
    public static LayerNorms Shared { get; } = new() { BeforeAttention = "input_layernorm" };

    /// <summary>What attention works on.</summary>
    public string? BeforeAttention { get; init; }

    /// <summary>What attention leaves.</summary>
    public string? AfterAttention { get; init; }

    /// <summary>What the feed-forward network works on.</summary>
    public string? BeforeFeedForward { get; init; }

    /// <summary>What the feed-forward network leaves.</summary>
    public string? AfterFeedForward { get; init; }

    /// <summary>Which weights they have; that after the last layer has the same.</summary>
    public NormKind Kind { get; init; }
}
