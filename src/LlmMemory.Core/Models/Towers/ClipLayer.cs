using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// The layer that CLIP, SigLIP and the towers of Idefics share: attention and a plain feed-forward network, both with
/// biases, and a LayerNorm before each. Source: transformers/models/clip/modeling_clip.py, siglip/modeling_siglip.py.
/// </summary>
internal static class ClipLayer
{
    private static readonly AttentionNames AttentionNames = new() { Output = "out_proj" };

    private static readonly MlpNames MlpNames = new() { Up = "fc1", Down = "fc2" };

    /// <summary>Makes the layers of a tower.</summary>
    /// <param name="dimensions">The tower's dimensions.</param>
    public static IReadOnlyList<ModelLayer> Repeat(TowerDimensions dimensions)
    {
        return TowerLayers.Repeat(
            dimensions.Layers,
            new Norm("layer_norm1", dimensions.HiddenSize, NormKind.LayerNorm),
            TowerBlocks.Attention(dimensions, AttentionNames),
            new Norm("layer_norm2", dimensions.HiddenSize, NormKind.LayerNorm),
            TowerBlocks.PlainMlp(dimensions, MlpNames));
    }
}
