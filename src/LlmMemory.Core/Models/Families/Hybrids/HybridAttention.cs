using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>The attention of hybrids, most of which is plain.</summary>
internal static class HybridAttention
{
    /// <summary>Attention as in Llama.</summary>
    /// <param name="dimensions">Its dimensions.</param>
    /// <param name="bias">True where its projections have a bias.</param>
    public static GroupedQueryAttention Plain(DecoderDimensions dimensions, bool bias = false)
    {
        return new GroupedQueryAttention
        {
            HiddenSize = dimensions.HiddenSize,
            Heads = dimensions.Heads,
            KeyValueHeads = dimensions.KeyValueHeads,
            HeadSize = dimensions.HeadSize,
            QkvBias = bias,
            OutputBias = bias,
        };
    }
}
