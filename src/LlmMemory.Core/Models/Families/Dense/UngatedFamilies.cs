using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// Models with Llama's layout, LayerNorms, and a feed-forward network without a gate: StarCoder 2 and Persimmon.
/// Sources: transformers, models/starcoder2 and persimmon.
/// </summary>
internal static class UngatedFamilies
{
    private static readonly LayerNorms Norms = LayerNorms.Llama with { Kind = NormKind.LayerNorm };

    /// <summary>Both.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
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
}
