using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// Integers packed along the inputs into 32-bit words, each row rounded up: 32 codes in as many words as a code has
/// bits; a scale for each group in the type that the weight was in. Asymmetric ones have zero points packed along the
/// outputs. The shape that is stored is torch.tensor(weight.shape), which is I64; RedHatAI/Llama-3.3-70B-Instruct-
/// quantized.w4a16 has it so, and 6,225,920 numbers of groups. Source: vllm-project/compressed-tensors,
/// compressors/pack_quantized/base.py.
/// </summary>
/// <param name="Name">The format.</param>
/// <param name="Bits">Bits of a code.</param>
/// <param name="GroupSize">Inputs that share a scale; 0 for one scale in a row.</param>
internal sealed record PackedIntegerStorage(string Name, int Bits, long GroupSize) : WeightStorage(Name)
{
    private const int WordBits = 32;

    /// <summary>True where each group has a zero point.</summary>
    public bool HasZeroPoints { get; init; }

    /// <summary>True where the inputs were reordered within groups, so that each input's group is stored.</summary>
    public bool HasGroupIndex { get; init; }

    /// <summary>How the two lengths of the weight are stored.</summary>
    public DataType ShapeType { get; init; } = GgufDataTypes.I64;

    /// <summary>True where versions that filled words with whole codes alone took more room.</summary>
    public bool HasGapsInOldVersions => WordBits % Bits != 0;

    public override bool CanStore(WeightMatrix weight)
    {
        return GroupSize == 0 || weight.Inputs % GroupSize == 0;
    }

    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        var groups = GroupSize == 0 ? 1 : weight.Inputs / GroupSize;
        yield return weight.Codes(
            "weight_packed", GgufDataTypes.I32, $"INT{Bits}", weight.Outputs, Words(weight.Inputs));
        yield return weight.Scale("weight_scale", weight.NativeType, weight.Outputs, groups);
        yield return weight.Scale("weight_shape", ShapeType, 2);
        if (HasZeroPoints)
        {
            yield return weight.Scale("weight_zero_point", GgufDataTypes.I32, Words(weight.Outputs), groups);
        }

        if (HasGroupIndex)
        {
            yield return weight.Scale("weight_g_idx", GgufDataTypes.I32, weight.Inputs);
        }
    }

    private long Words(long codes)
    {
        return WeightMatrix.Ceiling(checked(codes * Bits), WordBits);
    }
}
