using LlmMemory.DataTypes;
using LlmMemory.Estimation.Serving.Ggml;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// Flash attention as one operation. On CUDA its result has room behind it for copies in F16 of keys and values that
/// are cached in another type. Source: ggml-org/llama.cpp v0.5.0, ggml/src/ggml-cuda/fattn.cu
/// (ggml_cuda_flash_attn_ext_get_alloc_size) and fattn-common.cuh (ggml_cuda_flash_attn_ext_get_f16_extra_data), for
/// the kernels of batches.
/// </summary>
internal static class FusedAttention
{
    private const int CopyAlignment = 128;

    /// <summary>The operation.</summary>
    /// <param name="context">What the graph is reserved for.</param>
    /// <param name="queries">[head size, tokens, heads, streams].</param>
    /// <param name="keys">[head size, cells, key heads, streams].</param>
    /// <param name="values">[value head size, cells, key heads, streams].</param>
    /// <param name="mask">Which cells each token sees.</param>
    /// <param name="sinks">What takes part in the softmax beside the cells; null where nothing does.</param>
    /// <param name="valuesAreKeys">True where the values are a part of the keys.</param>
    /// <returns>[value head size, heads, tokens, streams].</returns>
    public static GraphTensor Build(
        GraphContext context, GraphTensor queries, GraphTensor keys, GraphTensor values, GraphTensor mask, GraphTensor? sinks, bool valuesAreKeys = false)
    {
        keys = InHalf(keys, context.KeyType);
        values = InHalf(values, context.ValueType);
        var shape = new GraphShape(values.Shape.First, queries.Shape.Third, queries.Shape.Second, queries.Shape.Fourth);
        var bytes = WithCopy(shape.Elements * GraphElement.F32.Bytes(), keys, context.KeyType);
        bytes = valuesAreKeys ? bytes : WithCopy(bytes, values, context.ValueType);
        GraphTensor[] operands = sinks is null ? [queries, keys, values, mask] : [queries, keys, values, mask, sinks];
        return new GraphTensor(GraphOperation.FlashAttention, shape, GraphElement.F32, operands) { GpuBytes = bytes };
    }

    // build_attn_mha casts what is cached in F32.
    private static GraphTensor InHalf(GraphTensor cached, DataType type)
    {
        return type == DataTypeCatalogue.F32 ? new GraphTensor(GraphOperation.Cast, cached.Shape, GraphElement.F16, cached) : cached;
    }

    private static long WithCopy(long bytes, GraphTensor cached, DataType type)
    {
        return type == DataTypeCatalogue.F16 || type == DataTypeCatalogue.F32
            ? bytes
            : ((bytes + CopyAlignment - 1) / CopyAlignment * CopyAlignment) + (cached.Shape.Elements * GraphElement.F16.Bytes());
    }
}
