using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// The tower of Qwen2.5-VL: RMSNorms and a gated feed-forward network, both with the biases of the one before.
/// Source: Qwen2_5_VisionTransformerPretrainedModel, transformers/models/qwen2_5_vl/modeling_qwen2_5_vl.py; in the
/// 3B it has 668,684,288 weights.
/// </summary>
internal static class Qwen25VlTower
{
    private static readonly AttentionNames AttentionNames = new() { Prefix = "attn.", QueryKeyValue = "qkv", Output = "proj" };

    /// <summary>Builds tower and merger.</summary>
    /// <param name="config">What they follow from.</param>
    public static IReadOnlyList<ModelSection> Build(TowerConfig config)
    {
        var vision = config.Vision("qwen2_5_vl");
        var dimensions = TowerDimensions.Read(vision);
        var patches = VideoPatches.Read(vision);
        var merged = patches.MergedSize(dimensions.HiddenSize);
        var tower = new ModelSection
        {
            Part = ModelPart.Vision,
            Prefix = "visual.",
            LayerPrefix = "blocks.",
            Blocks = patches.Embedding(dimensions, bias: false),
            Layers = TowerLayers.Repeat(
                dimensions.Layers,
                new Norm("norm1", dimensions.HiddenSize),
                TowerBlocks.Attention(dimensions, AttentionNames),
                new Norm("norm2", dimensions.HiddenSize),
                TowerBlocks.GatedMlp(dimensions, bias: true)),
        };
        var merger = Projectors.Of(
            "visual.merger.",
            [
                new Norm("ln_q", dimensions.HiddenSize),
                .. Projectors.TwoLayers(merged, merged, vision.Int("out_hidden_size"), bias: true, "mlp.0", "mlp.2"),
            ]);
        return [tower, merger];
    }
}
