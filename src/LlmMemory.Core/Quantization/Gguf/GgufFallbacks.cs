using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Gguf;

/// <summary>
/// What takes the place of a type whose blocks do not fill the rows of a tensor: one with blocks of 32, or F16 where
/// those do not fit either. Source: ggml-org/llama.cpp, src/llama-quant.cpp (tensor_type_fallback).
/// </summary>
internal static class GgufFallbacks
{
    private static readonly Dictionary<DataType, DataType> Smaller = new()
    {
        [GgufDataTypes.IQ1_S] = GgufDataTypes.IQ4_NL,
        [GgufDataTypes.IQ1_M] = GgufDataTypes.IQ4_NL,
        [GgufDataTypes.IQ2_XXS] = GgufDataTypes.IQ4_NL,
        [GgufDataTypes.IQ2_XS] = GgufDataTypes.IQ4_NL,
        [GgufDataTypes.IQ2_S] = GgufDataTypes.IQ4_NL,
        [GgufDataTypes.IQ3_XXS] = GgufDataTypes.IQ4_NL,
        [GgufDataTypes.IQ3_S] = GgufDataTypes.IQ4_NL,
        [GgufDataTypes.IQ4_XS] = GgufDataTypes.IQ4_NL,
        [GgufDataTypes.Q2_0] = GgufDataTypes.Q4_0,
        [GgufDataTypes.Q2_K] = GgufDataTypes.Q4_0,
        [GgufDataTypes.Q3_K] = GgufDataTypes.Q4_0,
        [GgufDataTypes.TQ1_0] = GgufDataTypes.Q4_0,
        [GgufDataTypes.TQ2_0] = GgufDataTypes.Q4_0,
        [GgufDataTypes.Q4_K] = GgufDataTypes.Q5_0,
        [GgufDataTypes.Q5_K] = GgufDataTypes.Q5_1,
        [GgufDataTypes.Q6_K] = GgufDataTypes.Q8_0,
    };

    /// <summary>The type itself where it fits the tensor's rows, else what takes its place.</summary>
    /// <param name="wanted">The type.</param>
    /// <param name="tensor">The tensor.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.GgufConversionUnknown"/>: nothing takes its place.</exception>
    public static DataType Fit(DataType wanted, ModelTensor tensor)
    {
        var rowLength = tensor.Shape[tensor.Shape.Count - 1];
        if (rowLength % wanted.BlockWeights == 0)
        {
            return wanted;
        }

        if (!Smaller.TryGetValue(wanted, out var smaller))
        {
            smaller = wanted.BlockWeights <= 32 ? wanted : throw NoFallback(wanted, tensor, rowLength);
        }

        return rowLength % smaller.BlockWeights == 0 ? smaller : DataTypeCatalogue.F16;
    }

    private static LlmMemoryException NoFallback(DataType wanted, ModelTensor tensor, long rowLength)
    {
        return new LlmMemoryException(
            ErrorIds.GgufConversionUnknown,
            wanted.Name,
            $"{wanted} cannot store '{tensor.Name}': its rows of {rowLength} do not fill blocks of {wanted.BlockWeights}, and "
            + "llama-quantize has no other type for them. Take another mixture: Q4_K_M.");
    }
}
