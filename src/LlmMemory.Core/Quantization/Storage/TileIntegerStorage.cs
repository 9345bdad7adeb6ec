using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// 4-bit integers of torchao in tiles for tensor cores, with a scale and a zero point for each group in BF16. Source:
/// pytorch/ao, torchao/dtypes/uintx/tensor_core_tiled_layout.py (packed_weight, scale_and_zero).
/// </summary>
/// <param name="GroupSize">Inputs that share a scale.</param>
internal sealed record TileIntegerStorage(long GroupSize) : WeightStorage("INT4")
{
    private const int CodesPerWord = 8;

    public override bool CanStore(WeightMatrix weight)
    {
        return !weight.IsStacked && weight.Inputs % GroupSize == 0 && weight.Inputs % CodesPerWord == 0;
    }

    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        yield return weight.Codes("weight_packed", GgufDataTypes.I32, Name, weight.Outputs, weight.Inputs / CodesPerWord);
        yield return weight.Scale("weight_scale_and_zero", DataTypeCatalogue.BF16, weight.Inputs / GroupSize, weight.Outputs, 2);
    }
}
