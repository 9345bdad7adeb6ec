using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// AWQ: 4-bit codes packed along the outputs, for each group of inputs and each output a half-precision scale and a
/// packed zero point. Source: AutoAWQ's WQLinear_GEMM (qweight, qzeros, scales).
/// </summary>
/// <param name="groupSize">Inputs in a group.</param>
internal sealed class AwqStorage(int groupSize) : WeightStorage
{
    private const int CodesPerWord = 8;

    /// <inheritdoc/>
    public override string Name => "AWQ";

    /// <inheritdoc/>
    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        var groups = CeilingDivide(weight.Inputs, groupSize);
        var words = CeilingDivide(weight.Outputs, CodesPerWord);
        return
        [
            weight.Codes(Name, "qweight", GgufDataTypes.I32, weight.Inputs, words),
            weight.Scale("qzeros", GgufDataTypes.I32, groups, words),
            weight.Scale("scales", DataTypeCatalogue.F16, groups, weight.Outputs),
        ];
    }
}
