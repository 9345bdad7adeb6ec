using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>
/// Pixtral's vision transformer: rotary positions, RMSNorms and a gated feed-forward network, no bias anywhere, and
/// nothing after the last layer. Source: transformers/models/pixtral/modeling_pixtral.py; Mistral-Small-3.1's tower
/// has 403,305,472 weights but for its projector.
/// </summary>
internal static class PixtralTower
{
    private static readonly AttentionNames AttentionNames = new() { Prefix = "attention." };

    private static readonly MlpNames MlpNames = new() { Prefix = "feed_forward." };

    /// <summary>Builds the tower.</summary>
    /// <param name="config">Its configuration.</param>
    /// <param name="prefix">What the names of its tensors start with.</param>
    public static VisionEncoder Build(ModelConfig config, string prefix)
    {
        var dimensions = TowerDimensions.Read(config);
        var grid = PatchGrid.ReadPatch(config);
        var section = new ModelSection
        {
            Part = ModelPart.Vision,
            Prefix = prefix,
            LayerPrefix = "transformer.layers.",
            Blocks =
            [
                new Weight(
                    TensorRole.PatchEmbedding,
                    "patch_conv.weight",
                    dimensions.HiddenSize, dimensions.Channels, grid.PatchHeight, grid.PatchWidth),
                new Norm("ln_pre", dimensions.HiddenSize),
            ],
            Layers = TowerLayers.Repeat(
                dimensions.Layers,
                new Norm("attention_norm", dimensions.HiddenSize),
                TowerBlocks.Attention(dimensions, AttentionNames, qkvBias: false, outputBias: false),
                new Norm("ffn_norm", dimensions.HiddenSize),
                TowerBlocks.GatedMlp(dimensions, bias: false) with { Names = MlpNames }),
        };
        return new VisionEncoder(section, dimensions.HiddenSize);
    }
}
