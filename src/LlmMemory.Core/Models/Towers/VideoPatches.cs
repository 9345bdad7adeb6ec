using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>How Qwen's and GLM's towers cut images and videos up: patches of a few frames, merged again at the end.</summary>
/// <param name="Size">Pixels from side to side.</param>
/// <param name="Frames">Frames from front to back.</param>
/// <param name="Merge">Patches, from side to side, that are merged into one.</param>
internal sealed record VideoPatches(int Size, int Frames, int Merge)
{
    /// <summary>Reads the sizes.</summary>
    /// <param name="config">The configuration of the tower.</param>
    public static VideoPatches Read(ModelConfig config)
    {
        return new VideoPatches(
            config.Int("patch_size"),
            config.OptionalInt("temporal_patch_size") ?? 2,
            config.OptionalInt("spatial_merge_size") ?? 2);
    }

    /// <summary>The width of patches that are merged.</summary>
    /// <param name="hiddenSize">The width of a patch.</param>
    public int MergedSize(int hiddenSize)
    {
        return checked(hiddenSize * Merge * Merge);
    }

    /// <summary>The convolution that turns patches into hidden states.</summary>
    /// <param name="dimensions">The tower's dimensions.</param>
    /// <param name="bias">True where it has a bias.</param>
    public IReadOnlyList<Block> Embedding(TowerDimensions dimensions, bool bias)
    {
        const string Name = "patch_embed.proj";
        var weight = new Weight(
            TensorRole.PatchEmbedding, Name + ".weight", dimensions.HiddenSize, dimensions.Channels, Frames, Size, Size);
        return bias ? [weight, new Weight(TensorRole.PatchEmbedding, Name + ".bias", dimensions.HiddenSize)] : [weight];
    }
}
