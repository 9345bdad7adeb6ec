using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>
/// The tower of Qwen2-VL: rotary positions, LayerNorms, biases everywhere but on the patches. Its vision_config calls
/// the tower's own width embed_dim, and the language model's hidden_size. Source:
/// Qwen2VisionTransformerPretrainedModel, transformers/models/qwen2_vl/modeling_qwen2_vl.py; in the 7B it has
/// 675,759,104 weights.
/// </summary>
internal static class Qwen2VlTower
{
    private static readonly AttentionNames AttentionNames = new() { Prefix = "attn.", QueryKeyValue = "qkv", Output = "proj" };

    private static readonly MlpNames MlpNames = new() { Up = "fc1", Down = "fc2" };

    /// <summary>Builds tower and merger.</summary>
    /// <param name="config">What they follow from.</param>
    public static IReadOnlyList<ModelSection> Build(TowerConfig config)
    {
        var vision = config.Vision("qwen2_vl");
        var dimensions = TowerDimensions.Read(vision, "embed_dim");
        dimensions = dimensions with { IntermediateSize = (int)(ReadMlpRatio(vision) * dimensions.HiddenSize) };
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
                new Norm("norm1", dimensions.HiddenSize, NormKind.LayerNorm),
                TowerBlocks.Attention(dimensions, AttentionNames),
                new Norm("norm2", dimensions.HiddenSize, NormKind.LayerNorm),
                TowerBlocks.PlainMlp(dimensions, MlpNames)),
        };
        var merger = Projectors.Of(
            "visual.merger.",
            [
                new Norm("ln_q", dimensions.HiddenSize, NormKind.LayerNorm),
                .. Projectors.TwoLayers(merged, merged, vision.Int("hidden_size"), bias: true, "mlp.0", "mlp.2"),
            ]);
        return [tower, merger];
    }

    private static double ReadMlpRatio(ModelConfig vision)
    {
        const string Field = "mlp_ratio";
        var ratio = vision.Number(Field) ?? throw vision.Missing(Field);
        return ratio is > 0 and < 1000 ? ratio : throw vision.Invalid(Field, "should be how many times as wide as the tower, as 4 is");
    }
}
