using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// GPTQ: codes packed along the inputs into 32-bit words, and for each group of inputs a half-precision scale and a
/// packed zero point. Which group an input belongs to is stored for every input, in order or not. Source: ModelCloud/GPTQModel
/// and AutoGPTQ, qlinear (qweight, qzeros, scales, g_idx); they refuse weights whose sides 32 does not divide.
/// </summary>
/// <param name="Name">The format.</param>
/// <param name="Bits">Bits of a code.</param>
/// <param name="GroupSize">Inputs that share a scale; 0 for one group in a row.</param>
/// <param name="HasGroupIndex">True where each input's group is stored.</param>
internal sealed record GptqStorage(string Name, int Bits, long GroupSize, bool HasGroupIndex = true) : WeightStorage(Name)
{
    private const int WordBits = 32;

    public override bool CanStore(WeightMatrix weight)
    {
        return weight.Inputs % WordBits == 0 && weight.Outputs % WordBits == 0;
    }

    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        var groups = GroupSize == 0 ? 1 : WeightMatrix.Ceiling(weight.Inputs, GroupSize);
        yield return weight.Codes("qweight", GgufDataTypes.I32, "GPTQ", weight.Inputs / WordBits * Bits, weight.Outputs);
        yield return weight.Scale("qzeros", GgufDataTypes.I32, groups, weight.Outputs / WordBits * Bits);
        yield return weight.Scale("scales", DataTypeCatalogue.F16, groups, weight.Outputs);
        if (HasGroupIndex)
        {
            yield return weight.Scale("g_idx", GgufDataTypes.I32, weight.Inputs);
        }
    }
}
