using System.Collections.Generic;
using System.Globalization;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Storage;

/// <summary>
/// 4-bit codes of bitsandbytes, two in a byte, in blocks of 64 weights with a single-precision maximum each. Double
/// quantisation turns the maxima into bytes, in blocks of 256 with a maximum each. Every weight has its code tables and
/// a text about itself beside it. Source: bitsandbytes/functional.py (quantize_4bit, QuantState.as_dict).
/// </summary>
/// <param name="Name">The format: NF4, FP4, NF4-DQ, FP4-DQ.</param>
/// <param name="CodeKind">The kind of code as bitsandbytes spells it: nf4, fp4.</param>
/// <param name="IsDouble">True where the maxima are quantised too.</param>
internal sealed record BitsAndBytes4Storage(string Name, string CodeKind, bool IsDouble) : WeightStorage(Name)
{
    private const int BlockWeights = 64;

    private const int NestedBlock = 256;

    // The offset's decimals: a float written as a double has 17 digits, and about 20 letters with its zeros.
    private const int OffsetLetters = 20;

    /// <summary>What the packed bytes are declared as: bytes, or a float of two or four for sharded training.</summary>
    public DataType CodeType { get; init; } = SafetensorsDataTypes.U8;

    // Only linear modules are converted; experts in one tensor are none.
    public override bool CanStore(WeightMatrix weight)
    {
        return !weight.IsStacked;
    }

    public override IEnumerable<ModelTensor> Store(WeightMatrix weight)
    {
        var bytes = WeightMatrix.Ceiling(weight.Weights, 2);
        var blocks = WeightMatrix.Ceiling(weight.Weights, BlockWeights);
        yield return weight.Codes("weight", CodeType, CodeKind.ToUpperInvariant(), WeightMatrix.Ceiling(bytes, CodeType.BlockCodeBits / 8), 1);
        yield return weight.Scale("weight.absmax", IsDouble ? SafetensorsDataTypes.U8 : DataTypeCatalogue.F32, blocks);
        yield return weight.Scale("weight.quant_map", DataTypeCatalogue.F32, 16);
        if (IsDouble)
        {
            yield return weight.Scale("weight.nested_absmax", DataTypeCatalogue.F32, WeightMatrix.Ceiling(blocks, NestedBlock));
            yield return weight.Scale("weight.nested_quant_map", DataTypeCatalogue.F32, NestedBlock);
        }

        yield return weight.Scale("weight.quant_state.bitsandbytes__" + CodeKind, SafetensorsDataTypes.U8, TextLength(weight));
    }

    private long TextLength(WeightMatrix weight)
    {
        const string Nested = ", \"nested_blocksize\": 256, \"nested_dtype\": \"float32\", \"nested_offset\": ";
        var text = string.Format(
            CultureInfo.InvariantCulture,
            "{{\"quant_type\": \"{0}\", \"blocksize\": {1}, \"dtype\": \"{2}\", \"shape\": [{3}, {4}]}}",
            CodeKind,
            BlockWeights,
            TorchName(weight.NativeType),
            weight.Outputs,
            weight.Inputs);
        return text.Length + (IsDouble ? Nested.Length + OffsetLetters : 0);
    }

    private static string TorchName(DataType type)
    {
        return type == DataTypeCatalogue.BF16 ? "bfloat16" : type == DataTypeCatalogue.F16 ? "float16" : "float32";
    }
}
