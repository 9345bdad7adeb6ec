using System;
using LlmMemory.Models;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// The part of a tensor that one of several tensor-parallel ranks holds: linear layers are split by heads, columns or
/// rows, the vocabulary by rows; norms, routers and the down-projections of latent attention are copied to each rank.
/// Keys and values are copied where there are more ranks than heads of them. Sources: vllm-project/vllm,
/// vllm/model_executor/layers/linear.py (QKVParallelLinear) and vocab_parallel_embedding.py; docs/serving.md.
/// </summary>
/// <param name="Bytes">The whole tensor.</param>
/// <param name="MaxParts">The parts that it has at most; 1 for what is copied.</param>
internal readonly record struct TensorSplit(long Bytes, int MaxParts)
{
    /// <summary>How a tensor is split.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="keyValueHeads">The heads with keys in each layer; 0 where one has none.</param>
    public static TensorSplit Of(ModelTensor tensor, int[] keyValueHeads)
    {
        var heads = tensor is { PartKind: ModelPart.Text, Layer: { } layer } && layer < keyValueHeads.Length ? keyValueHeads[layer] : 0;
        return new TensorSplit(tensor.Bytes, tensor.RoleKind switch
        {
            TensorRole.Norm or TensorRole.Router or TensorRole.PositionEmbedding or TensorRole.AttentionQueryDown
                or TensorRole.AttentionLatentDown or TensorRole.Indexer or TensorRole.PatchEmbedding or TensorRole.Pooler => 1,
            TensorRole.AttentionKey or TensorRole.AttentionValue when heads > 0 => heads,
            _ => int.MaxValue,
        });
    }

    /// <summary>The bytes on one rank; a started byte counts whole.</summary>
    /// <param name="ranks">The tensor-parallel ranks.</param>
    public long BytesOf(int ranks)
    {
        var parts = Math.Min(ranks, MaxParts);
        return (Bytes / parts) + (Bytes % parts == 0 ? 0 : 1);
    }
}
