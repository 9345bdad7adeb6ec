using LlmMemory.DataTypes;
using LlmMemory.Estimation.Serving.Ggml;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.Ggml.GraphViews;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// The Hadamard rotation that spreads outliers before keys and values are quantised. Source: ggml-org/llama.cpp v0.5.0,
/// src/llama-kv-cache.cpp (attn_rot_k, build_input_k_rot, build_input_v_rot) and src/llama-impl.h
/// (llama_mul_mat_hadamard).
/// </summary>
internal static class CacheRotation
{
    private const int Smallest = 64;

    /// <summary>The matrix for keys: the largest power of two that divides a head.</summary>
    /// <param name="type">What keys are cached in.</param>
    /// <param name="headSize">The width of a head.</param>
    public static GraphTensor? OfKeys(DataType type, int headSize)
    {
        if (!IsRotated(type, headSize))
        {
            return null;
        }

        var size = Smallest;
        while (headSize % (2 * size) == 0)
        {
            size *= 2;
        }

        return Input(GraphElement.F32, new GraphShape(size, size));
    }

    /// <summary>The matrix for values.</summary>
    /// <param name="type">What values are cached in.</param>
    /// <param name="headSize">The width of a head.</param>
    public static GraphTensor? OfValues(DataType type, int headSize)
    {
        return IsRotated(type, headSize) ? Input(GraphElement.F32, new GraphShape(Smallest, Smallest)) : null;
    }

    /// <summary>Turns a tensor; the same tensor where there is no matrix.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="rotation">The matrix.</param>
    public static GraphTensor Turn(GraphTensor x, GraphTensor? rotation)
    {
        if (rotation is null)
        {
            return x;
        }

        var rows = new GraphShape(rotation.Shape.First, x.Shape.Elements / rotation.Shape.First);
        var flat = x.IsStrided ? Contiguous(x, rows) : Reshape(x, rows);
        return Reshape(MatMul(rotation, flat), x.Shape);
    }

    private static bool IsRotated(DataType type, int headSize)
    {
        return type.BlockWeights > 1 && headSize > 0 && headSize % Smallest == 0;
    }
}
