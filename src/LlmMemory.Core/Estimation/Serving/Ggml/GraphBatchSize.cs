namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>
/// How many rows an operation reads its weights for: what decides whether copying the weights to a GPU is worth it.
/// Source: ggml-org/llama.cpp v0.5.0, ggml/src/ggml-cuda/ggml-cuda.cu (get_op_batch_size).
/// </summary>
internal static class GraphBatchSize
{
    /// <summary>The rows.</summary>
    /// <param name="node">The node.</param>
    public static long BatchSize(this GraphTensor node)
    {
        var shape = node.Shape;
        return node.Operation switch
        {
            GraphOperation.GetRows => 0,
            GraphOperation.MatMul => shape.Second,
            GraphOperation.MatMulId or GraphOperation.Rope => shape.Third,
            _ => shape.Second * shape.Third * shape.Fourth,
        };
    }
}
