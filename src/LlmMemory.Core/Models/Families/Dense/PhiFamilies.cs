using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// Phi: one LayerNorm for attention and the feed-forward network side by side up to Phi-2, Llama with fused projections
/// from Phi-3 on, and Phi-3-small apart from both. Sources: transformers, models/phi and phi3;
/// microsoft/Phi-3-small-8k-instruct, modeling_phi3_small.py.
/// </summary>
internal static class PhiFamilies
{
    private static readonly LayerNorms LayerNorm = LayerNorms.Llama with { Kind = NormKind.LayerNorm };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new DecoderStyle
        {
            Frame = new() { FinalNorm = "final_layernorm", HeadBias = true },
            Norms = LayerNorms.Shared with { Kind = NormKind.LayerNorm },
            Attention = new() { Output = "dense", QueryNorm = "q_layernorm", KeyNorm = "k_layernorm" },
            QkvBias = ConfigSwitch.On,
            QueryKeyNorm = QueryKeyNorm.SharedByHeads,
            QueryKeyNormKind = NormKind.LayerNorm,
            HasQueryKeyNorm = new(false, "qk_layernorm"),
            Mlp = new() { Up = "fc1", Down = "fc2" },
            IsGated = false,
            MlpBias = ConfigSwitch.On,
        }.For("phi"),

        // Phi-3, Phi-3.5, Phi-4 and Phi-4-mini.
        new DecoderStyle
        {
            Attention = new() { QueryKeyValue = "qkv_proj" },
            QkvBias = ConfigSwitch.Off,
            Mlp = new() { GateUp = "gate_up_proj" },
            MlpBias = ConfigSwitch.Off,
        }.For("phi3"),

        // GEGELU: one projection makes gate and up.
        new DecoderStyle
        {
            Frame = new() { FinalNorm = "final_layernorm", TiesByDefault = true },
            Norms = LayerNorm,
            Attention = new() { QueryKeyValue = "query_key_value", Output = "dense" },
            QkvBias = ConfigSwitch.On,
            Mlp = new() { GateUp = "up_proj" },
            MlpBias = ConfigSwitch.On,
        }.For("phi3small"),
    ];
}
