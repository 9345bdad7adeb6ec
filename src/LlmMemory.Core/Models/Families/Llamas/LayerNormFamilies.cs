using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Llamas;

/// <summary>
/// Llama with LayerNorms: Orion, and Nemotron and Minitron, whose feed-forward network is a squared ReLU without a
/// gate. Nemotron's LayerNorm adds 1 to its scale, which costs no weights. Sources: transformers,
/// models/nemotron/modeling_nemotron.py; of Orion the code beside its checkpoint (OrionStarAI/Orion-14B-Base,
/// modeling_orion.py).
/// </summary>
internal static class LayerNormFamilies
{
    private static readonly ConfigSwitch AttentionBias = new(false, "attention_bias");

    private static readonly LlamaRules Orion =
        new() { QkvBias = AttentionBias, OutputBias = AttentionBias, NormKind = NormKind.LayerNorm };

    private static readonly LlamaRules Nemotron = Orion with { MlpBias = new(false, "mlp_bias"), IsGated = false };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new(config => LlamaDecoder.Build(config, Orion), "orion"),
        new(config => LlamaDecoder.Build(config, Nemotron), "nemotron"),
    ];
}
