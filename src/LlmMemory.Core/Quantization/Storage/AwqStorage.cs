using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// AWQ: codes packed along the outputs into 32-bit words, and for each group of inputs a half-precision scale and a
/// packed zero point. Source: casper-hansen/AutoAWQ, awq/modules/linear/gemm.py (WQLinear_GEMM), which refuses weights
/// that its groups or words do not divide.
/// </summary>
/// <param name="Name">The format.</param>
/// <param name="Bits">Bits of a code.</param>
/// <param name="GroupSize">Inputs that share a scale; 0 for one group in a row.</param>
internal sealed record AwqStorage(string Name, int Bits, long GroupSize) : WeightStorage(Name)
{
    private int CodesPerWord => 32 / Bits;

    public override bool CanStore(WeightMatrix weight)
    {
        return weight.Outputs % CodesPerWord == 0 && (GroupSize == 0 || weight.Inputs % GroupSize == 0);
    }

    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        var groups = GroupSize == 0 ? 1 : weight.Inputs / GroupSize;
        var words = weight.Outputs / CodesPerWord;
        yield return weight.Codes("qweight", GgufDataTypes.I32, "AWQ", weight.Inputs, words);
        yield return weight.Scale("qzeros", GgufDataTypes.I32, groups, words);
        yield return weight.Scale("scales", DataTypeCatalogue.F16, groups, weight.Outputs);
    }
}
