using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// LLM.int8() of bitsandbytes: 8-bit codes, a single-precision maximum for each output row, and a byte that says how
/// the codes lie. Outliers are taken from the inputs at run time. Source: bitsandbytes/nn/modules.py
/// (Linear8bitLt: SCB, weight_format).
/// </summary>
internal sealed record BitsAndBytes8Storage() : WeightStorage("LLM.int8")
{
    public override bool CanStore(WeightMatrix weight)
    {
        return !weight.IsStacked;
    }

    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        yield return weight.Codes("weight", GgufDataTypes.I8, CodeFormat.Of(GgufDataTypes.I8), weight.Outputs, weight.Inputs);
        yield return weight.Scale("SCB", DataTypeCatalogue.F32, weight.Outputs);
        yield return weight.Scale("weight_format", SafetensorsDataTypes.U8);
    }
}
