using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>
/// CLIP's vision transformer. A checkpoint holds every layer and the last normalisation, although LLaVA takes the
/// hidden states of an earlier layer. Source: transformers/models/clip/modeling_clip.py; llava-1.5's tower has
/// 303,507,456 weights.
/// </summary>
internal static class ClipTower
{
    /// <summary>Builds the tower.</summary>
    /// <param name="config">Its configuration.</param>
    /// <param name="prefix">What the names of its tensors start with.</param>
    public static VisionEncoder Build(ModelConfig config, string prefix)
    {
        var dimensions = TowerDimensions.Read(config);
        var grid = PatchGrid.Read(config);
        var section = new ModelSection
        {
            Part = ModelPart.Vision,
            Prefix = prefix + "vision_model.",
            LayerPrefix = "encoder.layers.",
            Blocks =
            [
                new Weight(TensorRole.PatchEmbedding, "embeddings.class_embedding", dimensions.HiddenSize),
                new Weight(
                    TensorRole.PatchEmbedding,
                    "embeddings.patch_embedding.weight",
                    dimensions.HiddenSize, dimensions.Channels, grid.PatchHeight, grid.PatchWidth),
                new Weight(TensorRole.PositionEmbedding, "embeddings.position_embedding.weight", grid.Count + 1, dimensions.HiddenSize),

                // The missing letter is the checkpoint's own.
                new Norm("pre_layrnorm", dimensions.HiddenSize, NormKind.LayerNorm),
                new Norm("post_layernorm", dimensions.HiddenSize, NormKind.LayerNorm),
            ],
            Layers = ClipLayer.Repeat(dimensions),
        };
        return new VisionEncoder(section, dimensions.HiddenSize);
    }
}
