using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// Models with Llama's layout and LayerNorms: StableLM, Nemotron, Orion, StarCoder 2, Persimmon. Sources: transformers,
/// models/stablelm, nemotron, starcoder2 and persimmon; OrionStarAI/Orion-14B-Base, modeling_orion.py.
/// </summary>
internal static class LayerNormFamilies
{
    private static readonly LayerNorms Norms = LayerNorms.Llama with { Kind = NormKind.LayerNorm };

    private static readonly DecoderStyle StableLm = new()
    {
        Norms = Norms,
        Attention = new() { QueryNorm = "q_layernorm.norms.*", KeyNorm = "k_layernorm.norms.*" },
        QkvBias = new(false, "use_qkv_bias", "qkv_bias"),
        OutputBias = ConfigSwitch.Off,
        QueryKeyNorm = QueryKeyNorm.OnePerHead,
        HasQueryKeyNorm = new(false, "qk_layernorm"),
        MlpBias = ConfigSwitch.Off,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new(BuildStableLm, "stablelm"),
        new DecoderStyle { Norms = Norms, MlpBias = ConfigSwitch.Off }.For("orion"),

        // LayerNorm1P, whose scale is stored less one, and squared ReLU without a gate.
        new DecoderStyle { Norms = Norms, IsGated = false }.For("nemotron"),
        new DecoderStyle
        {
            Frame = new() { TiesByDefault = true },
            Norms = Norms,
            QkvBias = new(true, "use_bias"),
            Mlp = new() { Up = "c_fc", Down = "c_proj" },
            IsGated = false,
            MlpBias = new(true, "use_bias"),
        }.For("starcoder2"),
        new DecoderStyle
        {
            Frame = new() { FinalNorm = "final_layernorm" },
            Norms = Norms,
            Attention = new()
            {
                QueryKeyValue = "query_key_value", Output = "dense", QueryNorm = "q_layernorm", KeyNorm = "k_layernorm",
            },
            QkvBias = ConfigSwitch.On,
            QueryKeyNorm = QueryKeyNorm.SharedByHeads,
            QueryKeyNormKind = NormKind.LayerNorm,
            HasQueryKeyNorm = new(true, "qk_layernorm"),
            Mlp = new() { Up = "dense_h_to_4h", Down = "dense_4h_to_h" },
            IsGated = false,
            MlpBias = ConfigSwitch.On,
        }.For("persimmon"),
    ];

    /// <summary>StableLM 2 12B has attention and the feed-forward network side by side, after one LayerNorm.</summary>
    private static LanguageModel BuildStableLm(ModelConfig config)
    {
        var isParallel = config.Bool(false, "use_parallel_residual");
        var norms = isParallel ? LayerNorms.Shared with { Kind = NormKind.LayerNorm } : Norms;
        return DecoderBuilder.Build(StableLm with { Norms = norms }, config);
    }
}
