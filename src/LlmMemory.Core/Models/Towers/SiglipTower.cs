using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>
/// SigLIP's vision transformer: no class token, a bias on the patches, and an attention pooling head unless
/// vision_use_head says no. SigLIP 2 NaFlex takes images of any shape: its positions are a number of patches, and its
/// patches come as vectors. Sources: transformers/models/siglip/modeling_siglip.py, siglip2/modeling_siglip2.py.
/// </summary>
internal static class SiglipTower
{
    /// <summary>Builds the tower for images of one size.</summary>
    /// <param name="config">Its configuration.</param>
    /// <param name="prefix">What the names of its tensors start with.</param>
    /// <param name="hasHeadWhenUnsaid">True where it has the head although vision_use_head is missing, as the class has it.</param>
    public static VisionEncoder Build(ModelConfig config, string prefix, bool hasHeadWhenUnsaid)
    {
        var dimensions = TowerDimensions.Read(config);
        List<Block> blocks = [.. Patches(dimensions, PatchGrid.Read(config)), .. Head(config, dimensions, hasHeadWhenUnsaid)];
        return Build(dimensions, prefix + "vision_model.", blocks);
    }

    /// <summary>Builds the tower for images of any shape, NaFlex.</summary>
    /// <param name="config">Its configuration.</param>
    /// <param name="prefix">What the names of its tensors start with.</param>
    public static VisionEncoder BuildFlexible(ModelConfig config, string prefix)
    {
        var dimensions = TowerDimensions.Read(config);
        var grid = PatchGrid.ReadPatch(config);
        var pixels = (long)dimensions.Channels * grid.PatchHeight * grid.PatchWidth;
        List<Block> blocks =
        [
            new Linear(TensorRole.PatchEmbedding, "embeddings.patch_embedding", pixels, dimensions.HiddenSize, Bias: true),
            new Weight(
                TensorRole.PositionEmbedding, "embeddings.position_embedding.weight", config.Int("num_patches"), dimensions.HiddenSize),
            .. Head(config, dimensions, hasHeadWhenUnsaid: true),
        ];
        return Build(dimensions, prefix + "vision_model.", blocks);
    }

    /// <summary>Builds the tower without a pooling head, as Idefics 3 and SmolVLM have it in a class of their own.</summary>
    /// <param name="config">Its configuration.</param>
    /// <param name="prefix">What the names of its tensors start with.</param>
    public static VisionEncoder BuildHeadless(ModelConfig config, string prefix)
    {
        var dimensions = TowerDimensions.Read(config);
        return Build(dimensions, prefix, Patches(dimensions, PatchGrid.Read(config)));
    }

    private static VisionEncoder Build(TowerDimensions dimensions, string prefix, IReadOnlyList<Block> blocks)
    {
        var section = new ModelSection
        {
            Part = ModelPart.Vision,
            Prefix = prefix,
            LayerPrefix = "encoder.layers.",
            Blocks = [.. blocks, new Norm("post_layernorm", dimensions.HiddenSize, NormKind.LayerNorm)],
            Layers = ClipLayer.Repeat(dimensions),
        };
        return new VisionEncoder(section, dimensions.HiddenSize);
    }

    private static IReadOnlyList<Block> Patches(TowerDimensions dimensions, PatchGrid grid)
    {
        return
        [
            new Weight(
                TensorRole.PatchEmbedding,
                "embeddings.patch_embedding.weight",
                dimensions.HiddenSize, dimensions.Channels, grid.PatchHeight, grid.PatchWidth),
            new Weight(TensorRole.PatchEmbedding, "embeddings.patch_embedding.bias", dimensions.HiddenSize),
            new Weight(TensorRole.PositionEmbedding, "embeddings.position_embedding.weight", grid.Count, dimensions.HiddenSize),
        ];
    }

    private static IReadOnlyList<Block> Head(ModelConfig config, TowerDimensions dimensions, bool hasHeadWhenUnsaid)
    {
        return config.Bool(hasHeadWhenUnsaid, "vision_use_head")
            ? [new AttentionPoolingHead(dimensions.HiddenSize, dimensions.IntermediateSize)]
            : [];
    }
}
