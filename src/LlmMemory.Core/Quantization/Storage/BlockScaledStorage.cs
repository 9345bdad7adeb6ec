using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// 8-bit codes with a scale for each block of rows x columns, a started block counted whole: ceil(outputs / rows) x
/// ceil(inputs / columns) scales. Source: transformers/integrations/finegrained_fp8.py (FP8Linear, weight_scale_inv);
/// DeepSeek-V3 has 41,540,496 of them in its published total. With one row and 32 columns it is MXFP8.
/// </summary>
/// <param name="Name">The format.</param>
/// <param name="CodeType">How a code is stored.</param>
/// <param name="ScaleType">How a scale is stored; as the weight was when null.</param>
/// <param name="Rows">Output rows that share a scale.</param>
/// <param name="Columns">Weights of a row that share a scale.</param>
internal sealed record BlockScaledStorage(string Name, DataType CodeType, DataType? ScaleType, long Rows, long Columns) : WeightStorage(Name)
{
    /// <summary>What the scales are called.</summary>
    public string ScaleName { get; init; } = "weight_scale_inv";

    /// <summary>True where each input's group is stored.</summary>
    public bool HasGroupIndex { get; init; }

    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        yield return weight.Codes("weight", CodeType, CodeFormat.Of(CodeType), weight.Outputs, weight.Inputs);
        yield return weight.Scale(
            ScaleName,
            ScaleType ?? weight.NativeType,
            WeightMatrix.Ceiling(weight.Outputs, Rows),
            WeightMatrix.Ceiling(weight.Inputs, Columns));
        if (HasGroupIndex)
        {
            yield return weight.Scale("weight_g_idx", GgufDataTypes.I32, weight.Inputs);
        }
    }
}
