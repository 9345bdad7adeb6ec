using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>Where a layer normalises hidden states, and under which names.</summary>
internal sealed record LayerNorms
{
    /// <summary>Before attention.</summary>
    public string BeforeAttention { get; init; } = "input_layernorm";

    /// <summary>Between attention and the residual; null for not at all.</summary>
    public string? AfterAttention { get; init; }

    /// <summary>Before the network.</summary>
    public string BeforeNetwork { get; init; } = "post_attention_layernorm";

    /// <summary>Between the network and the residual; null for not at all.</summary>
    public string? AfterNetwork { get; init; }

    /// <summary>Which weights they have.</summary>
    public NormKind Kind { get; init; }
}
