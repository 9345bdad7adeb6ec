using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Llamas;

/// <summary>
/// Cohere's Command and Aya: attention and feed-forward network side by side after one LayerNorm without bias, and the
/// embedding as head. Command R+ normalises queries and keys, each head with its own weights; in Command R7B and A
/// three layers of four see a window. Sources: transformers, models/{cohere, cohere2}/modeling_*.py.
/// </summary>
internal static class CohereFamilies
{
    private static readonly ConfigSwitch AttentionBias = new(false, "attention_bias");

    private static readonly LlamaRules Cohere2 = new()
    {
        QkvBias = AttentionBias,
        OutputBias = AttentionBias,
        Norms = LayerNorms.Shared,
        WindowPattern = 4,
        Frame = new() { TiesByDefault = true },
    };

    private static readonly LlamaRules Cohere =
        Cohere2 with { QueryKeyNorm = QueryKeyNorm.PerHead, HasQueryKeyNorm = new(false, "use_qk_norm"), WindowPattern = 0 };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new(config => LlamaDecoder.Build(config, Cohere), "cohere"),
        new(config => LlamaDecoder.Build(config, Cohere2), "cohere2"),
    ];
}
