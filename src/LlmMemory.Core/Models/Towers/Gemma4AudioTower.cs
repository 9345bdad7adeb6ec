using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>
/// The audio tower of Gemma 4: a conformer and a last projection. Source: Gemma4AudioModel,
/// transformers/models/gemma4/modeling_gemma4.py; in E2B and E4B it has 304,824,608 weights, which is what their
/// published totals leave for it.
/// </summary>
internal static class Gemma4AudioTower
{
    private static readonly ConformerNames Names = new()
    {
        FirstFeedForward = "feed_forward1.",
        LastFeedForward = "feed_forward2.",
        AttentionNorm = "norm_pre_attn",
        AttentionPostNorm = "norm_post_attn",
        Attention = new AttentionNames
        {
            Query = "q_proj.linear",
            Key = "k_proj.linear",
            Value = "v_proj.linear",
            Output = "post.linear",
        },
        RelativePosition = "self_attn.relative_k_proj",
        DimensionScale = "self_attn.per_dim_scale",
        LayerNorm = "norm_out",
        LinearSuffix = ".linear",
    };

    private static readonly ClippedLinears Clipped = new(
        "feed_forward1.ffw_layer_1", "feed_forward1.ffw_layer_2", "feed_forward2.ffw_layer_1", "feed_forward2.ffw_layer_2",
        "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.post", "lconv1d.linear_start", "lconv1d.linear_end");

    /// <summary>Builds the tower.</summary>
    /// <param name="config">Its configuration.</param>
    public static ModelSection Build(ModelConfig config)
    {
        var dimensions = TowerDimensions.Read(config);
        IReadOnlyList<Block> clipped = config.Bool(false, "use_clipped_linears") ? [Clipped] : [];
        return new ModelSection
        {
            Part = ModelPart.Audio,
            Prefix = "model.audio_tower.",
            Blocks =
            [
                .. ConformerLayer.Subsampling(
                    config, "subsampling_conv_channels", melBins: null, dimensions.HiddenSize, "layer0", "layer1"),
                new Linear(TensorRole.Projection, "output_proj", dimensions.HiddenSize, config.Int("output_proj_dims"), Bias: true),
            ],
            Layers = TowerLayers.Repeat(
                dimensions.Layers,
                [.. ConformerLayer.Build(dimensions, config.Int("conv_kernel_size"), Names), .. clipped]),
        };
    }
}
