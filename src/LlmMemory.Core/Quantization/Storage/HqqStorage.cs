using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// HQQ: the weights in rows of a group each, packed along the groups, with a scale and a zero point for each group in
/// the type that is computed in. Some 70 bytes of attributes for each weight are left out. Source: dropbox/hqq,
/// hqq/core/quantize.py (Quantizer.bit_to_packing, HQQLinear.state_dict) and bitpack.py.
/// </summary>
/// <param name="Name">The format.</param>
/// <param name="Bits">Bits of a code: 8, 4, 3, 2 or 1.</param>
/// <param name="GroupSize">Weights that share a scale.</param>
internal sealed record HqqStorage(string Name, int Bits, long GroupSize) : WeightStorage(Name)
{
    public override bool CanStore(WeightMatrix weight)
    {
        return !weight.IsStacked && weight.Weights % GroupSize == 0;
    }

    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        var groups = weight.Weights / GroupSize;
        var isWord = Bits == 3;

        // Ten codes of three bits share a word; 5 and 6 bits take a byte each.
        var perUnit = isWord ? 10 : Bits > 4 ? 1 : 8 / Bits;
        var type = isWord ? GgufDataTypes.I32 : SafetensorsDataTypes.U8;
        yield return weight.Codes("W_q", type, "HQQ", WeightMatrix.Ceiling(groups, perUnit), GroupSize);
        yield return weight.Scale("scale", weight.NativeType, groups, 1);
        yield return weight.Scale("zero", weight.NativeType, groups, 1);
    }
}
