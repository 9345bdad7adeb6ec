using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// HQQ: the weights as a matrix of a group in each row (axis 1) or each column (axis 0), packed along its rows, with a
/// scale and a zero point for each group in the type that is computed in. Some 70 bytes of attributes for each weight
/// are left out. Source: mobiusml/hqq, hqq/core/quantize.py (Quantizer.quantize, bit_to_packing, HQQLinear.state_dict)
/// and bitpack.py.
/// </summary>
/// <param name="Name">The format.</param>
/// <param name="Bits">Bits of a code: 8, 4, 3, 2 or 1; of 5 and 6 each takes a byte.</param>
/// <param name="GroupSize">Weights that share a scale; 0 for those of a row, or of a column.</param>
internal sealed record HqqStorage(string Name, int Bits, long GroupSize) : WeightStorage(Name)
{
    /// <summary>True where a group lies in a column (axis 0).</summary>
    public bool GroupsColumns { get; init; }

    // Ten codes of three bits share a word.
    private int CodesPerElement => Bits switch { 3 => 10, > 4 => 1, _ => 8 / Bits };

    public override bool CanStore(WeightMatrix weight)
    {
        return !weight.IsStacked && weight.Weights % SizeFor(weight) == 0;
    }

    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        var size = SizeFor(weight);
        var groups = weight.Weights / size;
        var type = Bits == 3 ? GgufDataTypes.I32 : SafetensorsDataTypes.U8;
        var (rows, columns) = GroupsColumns ? (size, groups) : (groups, size);
        long[] scales = GroupsColumns ? [1, groups] : [groups, 1];
        yield return weight.Codes("W_q", type, "HQQ", WeightMatrix.Ceiling(rows, CodesPerElement), columns);
        yield return weight.Scale("scale", weight.NativeType, scales);
        yield return weight.Scale("zero", weight.NativeType, scales);
    }

    private long SizeFor(WeightMatrix weight)
    {
        var whole = GroupsColumns ? weight.Outputs : weight.Inputs;
        return GroupSize == 0 ? whole : GroupSize;
    }
}
