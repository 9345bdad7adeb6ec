using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// compressed-tensors' pack-quantized: 4-bit codes packed along the inputs, for each group of inputs and each output a
/// scale in the model's plain type, no zero points, and the weight's shape. Kimi-K2-Thinking's files have it so.
/// </summary>
/// <param name="groupSize">Inputs in a group.</param>
internal sealed class PackedStorage(int groupSize) : WeightStorage
{
    private const int CodesPerWord = 8;

    /// <inheritdoc/>
    public override string Name => "W4A16";

    /// <inheritdoc/>
    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        return
        [
            weight.Codes(Name, "weight_packed", GgufDataTypes.I32, weight.Outputs, CeilingDivide(weight.Inputs, CodesPerWord)),
            weight.Scale("weight_scale", weight.PlainType, weight.Outputs, CeilingDivide(weight.Inputs, groupSize)),
            weight.Scale("weight_shape", GgufDataTypes.I32, 2),
        ];
    }
}
