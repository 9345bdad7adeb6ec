using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>
/// The tower of Qwen3-VL, and of Qwen3.5: learned positions, LayerNorms, a merger, and in Qwen3-VL further mergers
/// (DeepStack) that lead from layers on the way into layers of the language model. Those normalise merged patches,
/// the last one patches. Source: transformers/models/qwen3_vl/modeling_qwen3_vl.py; in Qwen3.5-27B, without
/// DeepStack, the tower has 460,730,096 weights.
/// </summary>
internal static class Qwen3VlTower
{
    private const string Prefix = "model.visual.";

    private const string DeepStackField = "deepstack_visual_indexes";

    private static readonly AttentionNames AttentionNames = new() { Prefix = "attn.", QueryKeyValue = "qkv", Output = "proj" };

    private static readonly MlpNames MlpNames = new() { Up = "linear_fc1", Down = "linear_fc2" };

    /// <summary>Builds tower and mergers of Qwen3-VL.</summary>
    /// <param name="config">What they follow from.</param>
    public static IReadOnlyList<ModelSection> Build(TowerConfig config)
    {
        var vision = config.Vision("qwen3_vl");
        return Build(vision, vision.List(DeepStackField)?.Count ?? 0);
    }

    /// <summary>Builds tower and merger of Qwen3.5, whose class knows no DeepStack and does not look for it.</summary>
    /// <param name="config">What they follow from.</param>
    public static IReadOnlyList<ModelSection> BuildPlain(TowerConfig config)
    {
        return Build(config.Vision("qwen3_5"), deepStack: 0);
    }

    private static IReadOnlyList<ModelSection> Build(ModelConfig vision, int deepStack)
    {
        var dimensions = TowerDimensions.Read(vision);
        if (deepStack > dimensions.Layers)
        {
            throw vision.Invalid(DeepStackField, $"names {deepStack} layers, and the tower has {dimensions.Layers}");
        }

        var patches = VideoPatches.Read(vision);
        var merged = patches.MergedSize(dimensions.HiddenSize);
        var outputs = vision.Int("out_hidden_size");
        return
        [
            BuildTower(vision, dimensions, patches),
            Merger("merger.", dimensions.HiddenSize, merged, outputs),
            .. Enumerable.Range(0, deepStack).Select(index => Merger(DeepStackName(index), merged, merged, outputs)),
        ];
    }

    private static ModelSection BuildTower(ModelConfig vision, TowerDimensions dimensions, VideoPatches patches)
    {
        return new ModelSection
        {
            Part = ModelPart.Vision,
            Prefix = Prefix,
            LayerPrefix = "blocks.",
            Blocks =
            [
                .. patches.Embedding(dimensions, bias: true),
                new Weight(
                    TensorRole.PositionEmbedding, "pos_embed.weight", vision.Int("num_position_embeddings"), dimensions.HiddenSize),
            ],
            Layers = TowerLayers.Repeat(
                dimensions.Layers,
                new Norm("norm1", dimensions.HiddenSize, NormKind.LayerNorm),
                TowerBlocks.Attention(dimensions, AttentionNames),
                new Norm("norm2", dimensions.HiddenSize, NormKind.LayerNorm),
                TowerBlocks.PlainMlp(dimensions, MlpNames)),
        };
    }

    private static ModelSection Merger(string name, int normSize, int merged, int outputs)
    {
        return Projectors.Of(
            Prefix + name,
            [
                new Norm("norm", normSize, NormKind.LayerNorm),
                .. Projectors.TwoLayers(merged, merged, outputs, bias: true, "linear_fc1", "linear_fc2"),
            ]);
    }

    private static string DeepStackName(int index)
    {
        return $"deepstack_merger_list.{index.ToString(CultureInfo.InvariantCulture)}.";
    }
}
