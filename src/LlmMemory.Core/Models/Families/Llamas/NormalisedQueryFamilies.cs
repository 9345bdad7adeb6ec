using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Llamas;

/// <summary>
/// Llama with normalised queries and keys: Hunyuan, and Apertus, whose feed-forward network has no gate but an
/// activation with two weights of its own (xIELU). Sources: transformers, models/hunyuan_v1_dense/modular_*.py and
/// models/apertus/modular_apertus.py; Apertus-8B has 8,053,338,176 weights.
/// </summary>
internal static class NormalisedQueryFamilies
{
    private static readonly ConfigSwitch AttentionBias = new(false, "attention_bias");

    private static readonly LlamaRules Hunyuan = new()
    {
        QkvBias = AttentionBias,
        OutputBias = AttentionBias,
        MlpBias = new(false, "mlp_bias"),
        QueryKeyNorm = QueryKeyNorm.SharedByHeads,
        AttentionNames = new() { QueryNorm = "query_layernorm", KeyNorm = "key_layernorm" },
    };

    private static readonly LlamaRules Apertus = new()
    {
        QkvBias = AttentionBias,
        OutputBias = AttentionBias,
        IsGated = false,
        Norms = new() { BeforeAttention = "attention_layernorm", BeforeMlp = "feedforward_layernorm" },
        QueryKeyNorm = QueryKeyNorm.SharedByHeads,
        LayerExtras = [new Weight(TensorRole.Extra, "mlp.act_fn.alpha_p", 1), new Weight(TensorRole.Extra, "mlp.act_fn.alpha_n", 1)],
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new(config => LlamaDecoder.Build(config, Hunyuan), "hunyuan_v1_dense"),
        new(config => LlamaDecoder.Build(config, Apertus), "apertus"),
    ];
}
