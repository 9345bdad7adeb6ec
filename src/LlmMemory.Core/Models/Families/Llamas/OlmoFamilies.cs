using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Llamas;

/// <summary>
/// OLMo: normalisations without weights in the first; in OLMo 2 and 3 they come after attention and feed-forward
/// network, queries and keys have theirs over all heads at once, and in OLMo 3 three layers of four see a window.
/// Sources: transformers, models/{olmo, olmo2, olmo3}/modeling_*.py.
/// </summary>
internal static class OlmoFamilies
{
    private static readonly ConfigSwitch AttentionBias = new(false, "attention_bias");

    private static readonly LlamaRules Olmo = new() { QkvBias = AttentionBias, OutputBias = AttentionBias, NormKind = NormKind.None };

    private static readonly LlamaRules Olmo2 = new()
    {
        QkvBias = AttentionBias,
        OutputBias = AttentionBias,
        Norms = LayerNorms.After,
        QueryKeyNorm = QueryKeyNorm.PerHead,
    };

    private static readonly LlamaRules Olmo3 = Olmo2 with { WindowPattern = 4 };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new(config => LlamaDecoder.Build(config, Olmo), "olmo"),
        new(config => LlamaDecoder.Build(config, Olmo2), "olmo2"),
        new(config => LlamaDecoder.Build(config, Olmo3), "olmo3"),
    ];
}
