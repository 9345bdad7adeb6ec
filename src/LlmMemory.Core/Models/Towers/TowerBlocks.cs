using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>The blocks of a vision transformer's layer, as most towers have them: every head its own keys, biases everywhere.</summary>
internal static class TowerBlocks
{
    /// <summary>Attention with as many key heads as query heads.</summary>
    /// <param name="dimensions">The tower's dimensions.</param>
    /// <param name="names">The names of its tensors.</param>
    /// <param name="qkvBias">True where query, key and value have a bias.</param>
    /// <param name="outputBias">True where the output projection has a bias.</param>
    public static GroupedQueryAttention Attention(
        TowerDimensions dimensions, AttentionNames names, bool qkvBias = true, bool outputBias = true)
    {
        return new GroupedQueryAttention
        {
            HiddenSize = dimensions.HiddenSize,
            Heads = dimensions.Heads,
            KeyValueHeads = dimensions.Heads,
            HeadSize = dimensions.HeadSize,
            QkvBias = qkvBias,
            OutputBias = outputBias,
            Names = names,
        };
    }

    /// <summary>A feed-forward network without a gate, with biases.</summary>
    /// <param name="dimensions">The tower's dimensions.</param>
    /// <param name="names">The names of its tensors.</param>
    public static DenseMlp PlainMlp(TowerDimensions dimensions, MlpNames names)
    {
        return new DenseMlp
        {
            HiddenSize = dimensions.HiddenSize,
            IntermediateSize = dimensions.IntermediateSize,
            IsGated = false,
            Bias = true,
            Names = names,
        };
    }

    /// <summary>A gated feed-forward network.</summary>
    /// <param name="dimensions">The tower's dimensions.</param>
    /// <param name="bias">True where its projections have biases.</param>
    public static DenseMlp GatedMlp(TowerDimensions dimensions, bool bias)
    {
        return new DenseMlp { HiddenSize = dimensions.HiddenSize, IntermediateSize = dimensions.IntermediateSize, Bias = bias };
    }
}
