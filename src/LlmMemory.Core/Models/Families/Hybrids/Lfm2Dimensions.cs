using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>What LFM2's configurations give in a way of their own: the layers with attention, and the width of the network.</summary>
internal static class Lfm2Dimensions
{
    /// <summary>Which layers have attention.</summary>
    public static HashSet<int> AttentionLayers(ModelConfig config, int layers)
    {
        return LayerKinds.Read(config, layers, "conv", "full_attention") is { } kinds
            ? [.. Enumerable.Range(0, layers).Where(index => kinds[index] == "full_attention")]
            : [.. config.IntList("full_attn_idxs") ?? throw config.Missing("layer_types", "full_attn_idxs")];
    }

    /// <summary>
    /// The width inside the network: two thirds of block_ff_dim, times a factor, rounded up to a multiple. A
    /// configuration that has none of the block_ fields gives the width as it is.
    /// </summary>
    public static int IntermediateSize(ModelConfig config)
    {
        var width = config.Int("block_ff_dim", "intermediate_size");
        if (!config.Bool(config.Has("block_multiple_of", "block_ffn_dim_multiplier", "block_ff_dim"), "block_auto_adjust_ff_dim"))
        {
            return width;
        }

        var factor = config.Number("block_ffn_dim_multiplier") ?? 1;
        var multiple = config.OptionalInt("block_multiple_of") ?? 256;
        var adjusted = Math.Floor(factor * (2L * width / 3));
        return adjusted is > 0 and < int.MaxValue / 2
            ? (int)Math.Ceiling(adjusted / multiple) * multiple
            : throw config.Invalid("block_ffn_dim_multiplier", $"makes the network {adjusted} wide");
    }
}
