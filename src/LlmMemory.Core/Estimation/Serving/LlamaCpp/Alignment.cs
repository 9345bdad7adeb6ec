using LlmMemory.DataTypes;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>
/// How llama.cpp rounds sizes up. Sources: ggml-org/llama.cpp, ggml/src/ggml-impl.h (TENSOR_ALIGNMENT) and
/// ggml/src/ggml-cuda/ggml-cuda.cu (get_alignment, get_alloc_size, MATRIX_ROW_PADDING).
/// </summary>
internal static class Alignment
{
    /// <summary>Where a tensor starts in host memory.</summary>
    public const int Host = 32;

    /// <summary>Where a tensor starts in a CUDA buffer.</summary>
    public const int Gpu = 128;

    /// <summary>The cells that caches come in.</summary>
    public const int Cells = 256;

    private const int GpuRowWeights = 512;

    /// <summary>The next multiple.</summary>
    /// <param name="value">What is rounded up.</param>
    /// <param name="multiple">Of what.</param>
    public static long Up(long value, long multiple)
    {
        var rest = value % multiple;
        return rest == 0 ? value : value + (multiple - rest);
    }

    /// <summary>What a tensor takes in host memory.</summary>
    /// <param name="bytes">Its own bytes.</param>
    public static long OnHost(long bytes)
    {
        return Up(bytes, Host);
    }

    /// <summary>What a tensor takes on a GPU: a quantised one ends with the rest of a row of 512 weights.</summary>
    /// <param name="bytes">Its own bytes.</param>
    /// <param name="type">How it is stored.</param>
    /// <param name="row">The weights of one row.</param>
    public static long OnGpu(long bytes, DataType type, long row)
    {
        return Up(bytes + RowEnd(type, row), Gpu);
    }

    private static long RowEnd(DataType type, long row)
    {
        var rest = row % GpuRowWeights;
        return type.BlockWeights > 1 && rest != 0 ? type.GetBytes(GpuRowWeights - rest) : 0;
    }
}
