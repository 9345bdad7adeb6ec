using LlmMemory.Models;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// The part of a tensor that one of several tensor-parallel ranks holds: linear layers are split by heads, columns or
/// rows, the vocabulary by rows; norms, routers and the down-projections of latent attention are copied to each rank.
/// Keys and values are copied where there are more ranks than heads of them. Sources: vllm-project/vllm,
/// vllm/model_executor/layers/linear.py (QKVParallelLinear) and vocab_parallel_embedding.py; the fact sheet on
/// inference, section 8.
/// </summary>
internal static class TensorParallelShare
{
    /// <summary>The bytes of a tensor on one rank.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="ranks">The tensor-parallel ranks.</param>
    /// <param name="keyValueHeads">The heads with keys in the tensor's layer; 0 where it has none.</param>
    public static long BytesOf(ModelTensor tensor, int ranks, int keyValueHeads)
    {
        var parts = tensor.RoleKind switch
        {
            TensorRole.Norm or TensorRole.Router or TensorRole.PositionEmbedding or TensorRole.AttentionQueryDown
                or TensorRole.AttentionLatentDown or TensorRole.Indexer or TensorRole.PatchEmbedding or TensorRole.Pooler => 1,
            TensorRole.AttentionKey or TensorRole.AttentionValue when keyValueHeads > 0 && keyValueHeads < ranks => keyValueHeads,
            _ => ranks,
        };
        return (tensor.Bytes / parts) + (tensor.Bytes % parts == 0 ? 0 : 1);
    }
}
