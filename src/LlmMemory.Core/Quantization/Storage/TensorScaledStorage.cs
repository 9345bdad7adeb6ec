using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// 8-bit codes with one scale for the whole weight, and one for its input where that was measured in advance. Source:
/// vllm/model_executor/layers/quantization/modelopt.py and fp8.py (weight_scale, input_scale).
/// </summary>
/// <param name="Name">The format.</param>
/// <param name="CodeType">How a code is stored: F8_E4M3, I8.</param>
/// <param name="ScaleType">How a scale is stored.</param>
/// <param name="HasInputScale">True where the input's scale is stored too.</param>
internal sealed record TensorScaledStorage(string Name, DataType CodeType, DataType ScaleType, bool HasInputScale) : WeightStorage(Name)
{
    /// <summary>The shape of a scale: none for a single number, one for a list of one.</summary>
    public IReadOnlyList<long> ScaleShape { get; init; } = [];

    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        yield return weight.Codes("weight", CodeType, CodeFormat.Of(CodeType), weight.Outputs, weight.Inputs);
        yield return weight.Scale("weight_scale", ScaleType, [.. ScaleShape]);
        if (HasInputScale)
        {
            yield return weight.Scale("input_scale", ScaleType, [.. ScaleShape]);
        }
    }
}
