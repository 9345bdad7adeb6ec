using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// bitsandbytes' 4-bit types: codes in pairs over the flattened weight, one F32 maximum for each 64 of them, and the
/// code book of 16 values. With double quantisation the maxima are bytes themselves, with one F32 for each 256 and a
/// code book of 256. Source: bitsandbytes, functional.py (quantize_4bit with blocksize 64, quantize_blockwise with 256).
/// </summary>
/// <param name="name">NF4 or FP4.</param>
/// <param name="isDouble">True for double quantisation.</param>
internal sealed class BlockwiseStorage(string name, bool isDouble) : WeightStorage
{
    private const int BlockSize = 64;
    private const int NestedBlockSize = 256;
    private const int CodeBook = 16;
    private const int NestedCodeBook = 256;

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        var blocks = CeilingDivide(weight.Weights, BlockSize);
        yield return weight.Codes(Name, "weight", SafetensorsDataTypes.U8, CeilingDivide(weight.Outputs * weight.Inputs, 2), 1);
        yield return weight.Flat("weight.absmax", isDouble ? SafetensorsDataTypes.U8 : DataTypeCatalogue.F32, blocks);
        yield return weight.Flat("weight.quant_map", DataTypeCatalogue.F32, CodeBook);
        if (isDouble)
        {
            yield return weight.Flat("weight.nested_absmax", DataTypeCatalogue.F32, CeilingDivide(blocks, NestedBlockSize));
            yield return weight.Flat("weight.nested_quant_map", DataTypeCatalogue.F32, NestedCodeBook);
        }
    }
}
