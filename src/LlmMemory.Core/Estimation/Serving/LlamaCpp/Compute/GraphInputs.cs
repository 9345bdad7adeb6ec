namespace LlmMemory.Estimation.Serving.LlamaCpp.Compute;

/// <summary>
/// The inputs of the graph, which stay for as long as it runs: positions, the cells that keys and values go to, masks,
/// and rotations of quantised caches. Source: ggml-org/llama.cpp v0.5.0, src/llama-graph.cpp (build_attn_inp_kv) and
/// src/llama-kv-cache.cpp (build_input_k_idxs, build_input_v_idxs, attn_rot_k).
/// </summary>
internal static class GraphInputs
{
    private const int ValueRotation = 64;

    /// <summary>Their bytes.</summary>
    /// <param name="request">What is asked.</param>
    public static long Bytes(ComputeRequest request)
    {
        var shape = request.Shape;
        var bytes = Positions(request) + (shape.Recurrence is null ? 0 : 4L * request.Context.Slots);
        if (shape.HasFullCache)
        {
            bytes += OfCache(request, request.Caches.FullCells);
        }

        return shape.HasSlidingCache ? bytes + OfCache(request, request.Caches.SlidingCells) : bytes;
    }

    private static long Positions(ComputeRequest request)
    {
        return request.Shape.Architecture switch
        {
            "mamba" or "mamba2" or "granitehybrid" => 0,

            // Llama 4 has a temperature for each token beside its position.
            "llama4" => 8 * request.Tokens,
            _ => 4 * request.Tokens,
        };
    }

    private static long OfCache(ComputeRequest request, long cells)
    {
        var shape = request.Shape;
        var flash = request.Context.FlashAttention;
        var mask = (flash ? 2 : 4) * request.Tokens * cells;
        var keys = 8 * request.Tokens;

        // Without fused attention values lie transposed, and every element has a cell of its own.
        var values = shape.Latent is not null ? 0 : flash ? 8 * request.Tokens : 8 * request.Tokens * shape.KeyHeads * shape.ValueSize;
        return mask + keys + values + Rotations(request);
    }

    private static long Rotations(ComputeRequest request)
    {
        var shape = request.Shape;
        if (shape.Latent is not null)
        {
            return 0;
        }

        var keys = IsRotated(request.Settings.KeyCacheType, shape.KeySize) ? Square(LargestPowerOfTwoIn(shape.KeySize)) : 0;
        return keys + (IsRotated(request.Settings.ValueCacheType, shape.ValueSize) ? Square(ValueRotation) : 0);
    }

    private static bool IsRotated(DataTypes.DataType type, long headSize)
    {
        return type.BlockWeights > 1 && headSize > 0 && headSize % ValueRotation == 0;
    }

    private static long Square(long length)
    {
        return 4 * length * length;
    }

    private static long LargestPowerOfTwoIn(long value)
    {
        var power = (long)ValueRotation;
        while (value % (2 * power) == 0)
        {
            power *= 2;
        }

        return power;
    }
}
