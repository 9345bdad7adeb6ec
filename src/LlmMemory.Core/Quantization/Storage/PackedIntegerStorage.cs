using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// Integers packed along the inputs into 32-bit words, each row rounded up, with a scale for each group in the type
/// that the weight was in. Asymmetric ones have zero points packed along the outputs. Source:
/// vllm-project/compressed-tensors, compressors/quantized_compressors/pack_quantized.py. The total of Kimi-K2.5 on the hub
/// counts the scales and, eight times over as it does 32-bit words, the shapes.
/// </summary>
/// <param name="Name">The format.</param>
/// <param name="Bits">Bits of a code.</param>
/// <param name="GroupSize">Inputs that share a scale; 0 for one scale in a row.</param>
internal sealed record PackedIntegerStorage(string Name, int Bits, long GroupSize) : WeightStorage(Name)
{
    /// <summary>True where each group has a zero point.</summary>
    public bool HasZeroPoints { get; init; }

    /// <summary>True where the inputs were reordered within groups, so that each input's group is stored.</summary>
    public bool HasGroupIndex { get; init; }

    private int CodesPerWord => 32 / Bits;

    public override bool CanStore(WeightMatrix weight)
    {
        return GroupSize == 0 || weight.Inputs % GroupSize == 0;
    }

    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        var groups = GroupSize == 0 ? 1 : weight.Inputs / GroupSize;
        yield return weight.Codes(
            "weight_packed", GgufDataTypes.I32, $"INT{Bits}", weight.Outputs, WeightMatrix.Ceiling(weight.Inputs, CodesPerWord));
        yield return weight.Scale("weight_scale", weight.NativeType, weight.Outputs, groups);
        yield return weight.Scale("weight_shape", GgufDataTypes.I32, 2);
        if (HasZeroPoints)
        {
            yield return weight.Scale(
                "weight_zero_point", GgufDataTypes.I32, WeightMatrix.Ceiling(weight.Outputs, CodesPerWord), groups);
        }

        if (HasGroupIndex)
        {
            yield return weight.Scale("weight_g_idx", GgufDataTypes.I32, weight.Inputs);
        }
    }
}
