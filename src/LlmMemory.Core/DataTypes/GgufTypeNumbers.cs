using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using static LlmMemory.DataTypes.DataTypeCatalogue;
using static LlmMemory.DataTypes.GgufDataTypes;

namespace LlmMemory.DataTypes;

/// <summary>
/// The numbers that stand for data types in a GGUF file. Source: ggml-org/llama.cpp, ggml/include/ggml.h (enum
/// ggml_type).
/// </summary>
public static class GgufTypeNumbers
{
    private static readonly Dictionary<uint, DataType> ByNumber = new()
    {
        [0] = F32, [1] = F16, [2] = Q4_0, [3] = Q4_1, [6] = Q5_0, [7] = Q5_1,
        [8] = Q8_0, [9] = Q8_1, [10] = Q2_K, [11] = Q3_K, [12] = Q4_K, [13] = Q5_K, [14] = Q6_K, [15] = Q8_K,
        [16] = IQ2_XXS, [17] = IQ2_XS, [18] = IQ3_XXS, [19] = IQ1_S, [20] = IQ4_NL, [21] = IQ3_S, [22] = IQ2_S,
        [23] = IQ4_XS, [24] = I8, [25] = I16, [26] = I32, [27] = I64, [28] = F64, [29] = IQ1_M,
        [30] = BF16, [34] = TQ1_0, [35] = TQ2_0, [39] = MXFP4, [40] = NVFP4, [41] = Q1_0, [42] = Q2_0,
    };

    private static readonly Dictionary<uint, string> Removed = new()
    {
        [4] = "Q4_2", [5] = "Q4_3", [31] = "Q4_0_4_4", [32] = "Q4_0_4_8", [33] = "Q4_0_8_8",
        [36] = "IQ4_NL_4_4", [37] = "IQ4_NL_4_8", [38] = "IQ4_NL_8_8",
    };

    /// <summary>The type that a number in a GGUF file stands for.</summary>
    /// <param name="number">The number, of enum ggml_type.</param>
    /// <param name="dataType">The type.</param>
    public static bool TryFind(long number, [NotNullWhen(true)] out DataType? dataType)
    {
        dataType = null;
        return number is >= 0 and <= uint.MaxValue && ByNumber.TryGetValue((uint)number, out dataType);
    }

    /// <summary>The name of a type that ggml had once and reads no more; null for any other number.</summary>
    /// <param name="number">The number, of enum ggml_type.</param>
    public static string? RemovedName(long number)
    {
        return number is >= 0 and <= uint.MaxValue && Removed.TryGetValue((uint)number, out var name) ? name : null;
    }
}
