using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// GPTQ: codes packed along the inputs, for each group of inputs and each output a half-precision scale and a packed
/// zero point, and the group of each input. Source: AutoGPTQ's and GPTQModel's QuantLinear (qweight, qzeros, scales,
/// g_idx); 4.15625 bits per weight in groups of 128 beside g_idx.
/// </summary>
/// <param name="bits">Bits of a code.</param>
/// <param name="groupSize">Inputs in a group; null for one group.</param>
internal sealed class GptqStorage(int bits, int? groupSize) : WeightStorage
{
    private const int WordBits = 32;

    /// <inheritdoc/>
    public override string Name => "GPTQ";

    /// <inheritdoc/>
    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        var groups = groupSize is { } size ? CeilingDivide(weight.Inputs, size) : 1;
        return
        [
            weight.Codes(Name, "qweight", GgufDataTypes.I32, CeilingDivide(weight.Inputs * bits, WordBits), weight.Outputs),
            weight.Scale("qzeros", GgufDataTypes.I32, groups, CeilingDivide(weight.Outputs * bits, WordBits)),
            weight.Scale("scales", DataTypeCatalogue.F16, groups, weight.Outputs),
            weight.Scale("g_idx", GgufDataTypes.I32, weight.Inputs),
        ];
    }
}
