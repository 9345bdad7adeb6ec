using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Weights;

/// <summary>
/// Weights that the CPU computes with and that are stored a second time, rows interleaved. The file's own copy stays
/// mapped beside them. Checked: an 8B model in Q4_K_M takes 3,204 MiB more. Source: ggml-org/llama.cpp v0.5.0,
/// ggml/src/ggml-cpu/repack.cpp (ggml_repack_get_optimal_repack_type) and src/llama-model.cpp (make_cpu_buft_list: with
/// a GPU, its host buffers come first, and nothing is stored anew).
/// </summary>
internal static class RepackedWeights
{
    private const int InterleavedRows = 8;

    private static readonly HashSet<DataType> Types =
    [
        GgufDataTypes.Q4_0, GgufDataTypes.Q4_K, GgufDataTypes.IQ4_NL, GgufDataTypes.MXFP4,
    ];

    /// <summary>Their bytes, all of the model computed on the host.</summary>
    /// <param name="table">The weights.</param>
    public static long Bytes(WeightTable table)
    {
        var layers = table.Weights.Where(weight => weight.Place is WeightPlace.Layer or WeightPlace.Output && IsRepacked(weight));
        return layers.Sum(weight => weight.Size.OnHost)
            + (table.TiesEmbeddings && IsRepacked(table.Head!) ? table.Head!.Size.OnHost : 0);
    }

    private static bool IsRepacked(PlacedWeight weight)
    {
        var shape = weight.Tensor.Shape;
        return shape.Count >= 2 && shape[shape.Count - 2] % InterleavedRows == 0 && Types.Contains(weight.Tensor.StoredAs);
    }
}
