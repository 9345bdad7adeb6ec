using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>
/// The audio tower of Gemma 3n: a conformer. Source: Gemma3nAudioEncoder,
/// transformers/models/gemma3n/modeling_gemma3n.py; in E2B and E4B it has 681,348,640 weights.
/// </summary>
internal static class Gemma3nAudioTower
{
    private static readonly ConformerNames Names = new()
    {
        FirstFeedForward = "ffw_layer_start.",
        LastFeedForward = "ffw_layer_end.",
        AttentionNorm = "attention.pre_attn_norm",
        AttentionPostNorm = "attention.post_norm",
        Attention = new AttentionNames
        {
            Prefix = "attention.",
            Query = "attn.q_proj",
            Key = "attn.k_proj",
            Value = "attn.v_proj",
            Output = "post",
        },
        RelativePosition = "attention.attn.relative_position_embedding.pos_proj",
        DimensionScale = "attention.attn.per_dim_scale",
        LayerNorm = "norm",
    };

    /// <summary>Builds the tower.</summary>
    /// <param name="config">Its configuration.</param>
    public static ModelSection Build(ModelConfig config)
    {
        var dimensions = TowerDimensions.Read(config);
        return new ModelSection
        {
            Part = ModelPart.Audio,
            Prefix = "model.audio_tower.",
            LayerPrefix = "conformer.",
            Blocks = ConformerLayer.Subsampling(
                config, "sscp_conv_channel_size", config.Int("input_feat_size"), dimensions.HiddenSize, "conv_0", "conv_1"),
            Layers = TowerLayers.Repeat(
                dimensions.Layers, ConformerLayer.Build(dimensions, config.Int("conf_conv_kernel_size"), Names)),
        };
    }
}
