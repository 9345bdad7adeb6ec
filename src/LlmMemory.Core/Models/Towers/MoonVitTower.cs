using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>
/// MoonViT: positions learned on a square and stretched over images of any shape, LayerNorms, biases everywhere.
/// Positions in time are computed. Source: modeling_kimi_vl.py of moonshotai/Kimi-VL-A3B-Instruct; the tower has
/// 416,866,032 weights.
/// </summary>
internal static class MoonVitTower
{
    private static readonly AttentionNames AttentionNames = new() { Prefix = string.Empty, QueryKeyValue = "wqkv", Output = "wo" };

    private static readonly MlpNames MlpNames = new() { Up = "fc0", Down = "fc1" };

    /// <summary>Builds the tower.</summary>
    /// <param name="config">Its configuration.</param>
    /// <param name="prefix">What the names of its tensors start with.</param>
    public static VisionEncoder Build(ModelConfig config, string prefix)
    {
        var dimensions = TowerDimensions.Read(config);
        var hiddenSize = dimensions.HiddenSize;
        var patch = PatchGrid.ReadPatch(config);
        var section = new ModelSection
        {
            Part = ModelPart.Vision,
            Prefix = prefix,
            LayerPrefix = "encoder.blocks.",
            Blocks =
            [
                new Weight(
                    TensorRole.PatchEmbedding,
                    "patch_embed.proj.weight",
                    hiddenSize, dimensions.Channels, patch.PatchHeight, patch.PatchWidth),
                new Weight(TensorRole.PatchEmbedding, "patch_embed.proj.bias", hiddenSize),
                new Weight(
                    TensorRole.PositionEmbedding,
                    "patch_embed.pos_emb.weight",
                    config.Int("init_pos_emb_height"), config.Int("init_pos_emb_width"), hiddenSize),
                new Norm("encoder.final_layernorm", hiddenSize, NormKind.LayerNorm),
            ],
            Layers = TowerLayers.Repeat(
                dimensions.Layers,
                new Norm("norm0", hiddenSize, NormKind.LayerNorm),
                TowerBlocks.Attention(dimensions, AttentionNames),
                new Norm("norm1", hiddenSize, NormKind.LayerNorm),
                TowerBlocks.PlainMlp(dimensions, MlpNames)),
        };
        return new VisionEncoder(section, hiddenSize);
    }

    /// <summary>How many patches are joined into one for the language model.</summary>
    /// <param name="config">The tower's configuration.</param>
    public static int MergedPatches(ModelConfig config)
    {
        var sides = config.IntList("merge_kernel_size") ?? throw config.Missing("merge_kernel_size");
        return sides.Count == 2 && sides[0] > 0 && sides[1] > 0
            ? checked(sides[0] * sides[1])
            : throw config.Invalid("merge_kernel_size", "should have a height and a width above 0");
    }
}
