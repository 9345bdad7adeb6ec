using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// 8-bit codes with a scale for each output row (per channel); inputs are scaled while they come. Source:
/// vllm-project/compressed-tensors, float-quantized and int-quantized; transformers/integrations/fbgemm_fp8.py.
/// </summary>
/// <param name="Name">The format.</param>
/// <param name="CodeType">How a code is stored: F8_E4M3, I8.</param>
/// <param name="ScaleType">How a scale is stored; as the weight was when null.</param>
internal sealed record RowScaledStorage(string Name, DataType CodeType, DataType? ScaleType) : WeightStorage(Name)
{
    /// <summary>True where the input's scale is stored too.</summary>
    public bool HasInputScale { get; init; }

    /// <summary>True where each row has a zero point, of a byte as the codes are.</summary>
    public bool HasZeroPoints { get; init; }

    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        var scaleType = ScaleType ?? weight.NativeType;
        yield return weight.Codes("weight", CodeType, CodeFormat.Of(CodeType), weight.Outputs, weight.Inputs);
        yield return weight.Scale("weight_scale", scaleType, weight.Outputs, 1);
        if (HasZeroPoints)
        {
            yield return weight.Scale("weight_zero_point", CodeType, weight.Outputs, 1);
        }

        if (HasInputScale)
        {
            yield return weight.Scale("input_scale", scaleType, 1);
        }
    }
}
