using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// Phi up to Phi-2: one LayerNorm for attention and the feed-forward network side by side; and Phi-3-small, which is
/// unlike the rest of Phi-3. Sources: transformers, models/phi; microsoft/Phi-3-small-8k-instruct,
/// modeling_phi3_small.py.
/// </summary>
internal static class PhiFamilies
{
    private static readonly LayerNorms LayerNorm = LayerNorms.Llama with { Kind = NormKind.LayerNorm };

    /// <summary>Both.</summary>
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
