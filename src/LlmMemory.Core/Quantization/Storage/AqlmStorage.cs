using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// AQLM: groups of weights as sums of entries of learned codebooks, which each weight has of its own, and a scale for
/// each output, in the type that the model is loaded in. Source: Vahe1994/AQLM, inference_lib/src/aqlm/inference.py (QuantizedLinear: codes, codebooks, scales).
/// </summary>
/// <param name="Name">The format.</param>
/// <param name="Codebooks">Codebooks, and codes of each group.</param>
/// <param name="CodeBits">Bits of a code: a codebook has 2^bits entries.</param>
/// <param name="GroupInputs">Inputs of a group.</param>
/// <param name="GroupOutputs">Outputs of a group.</param>
internal sealed record AqlmStorage(string Name, int Codebooks, int CodeBits, int GroupInputs, int GroupOutputs) : WeightStorage(Name)
{
    public override bool CanStore(WeightMatrix weight)
    {
        return !weight.IsStacked && weight.Inputs % GroupInputs == 0 && weight.Outputs % GroupOutputs == 0;
    }

    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        var rows = weight.Outputs / GroupOutputs;
        var codeType = CodeBits <= 8 ? GgufDataTypes.I8 : GgufDataTypes.I16;
        yield return weight.Codes("codes", codeType, "AQLM", rows, weight.Inputs / GroupInputs, Codebooks);
        yield return weight.Scale("codebooks", weight.NativeType, Codebooks, 1L << CodeBits, GroupOutputs, GroupInputs);
        yield return weight.Scale("scales", weight.NativeType, rows, 1, 1, 1);
    }
}
