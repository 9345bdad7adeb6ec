using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>
/// Trinity of Arcee: attention with a gate that has a projection of its own, a normalisation before and after each
/// half of a layer, and experts after a few dense layers. Source: transformers, models/afmoe/modular_afmoe.py.
/// </summary>
internal static class AfmoeFamily
{
    private static readonly MixtureStyle Style = new()
    {
        Norms = new()
        {
            AfterAttention = "post_attention_layernorm",
            BeforeNetwork = "pre_mlp_layernorm",
            AfterNetwork = "post_mlp_layernorm",
        },
        QueryKeyNorm = QueryKeyNorm.SharedByHeads,
        WindowPattern = 4,
        HasCorrectionBias = true,
        Experts = new() { Router = "router.gate", CorrectionBias = "expert_bias" },
        Placement = (config, _) => index => index >= config.Count(1, "num_dense_layers"),
    };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "afmoe")];

    private static LanguageModel Build(ModelConfig config)
    {
        var decoder = MixtureDecoder.Read(config, Style);
        var attention = decoder.Attention;
        return (decoder with
        {
            ExtraBlocks =
            [
                new Linear(
                    TensorRole.AttentionExtra, "self_attn.gate_proj", attention.HiddenSize, (long)attention.Heads * attention.HeadSize),
            ],
        }).Build();
    }
}
