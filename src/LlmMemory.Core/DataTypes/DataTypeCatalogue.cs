using LlmMemory.Errors;
using LlmMemory.Naming;

namespace LlmMemory.DataTypes;

/// <summary>The data types that weights are stored in.</summary>
public static class DataTypeCatalogue
{
    /// <summary>IEEE 754 single precision.</summary>
    public static DataType F32 { get; } =
        new("F32", "32-bit float", 1, 32, 0, "float", "float32", "fp32", "single");

    /// <summary>IEEE 754 half precision.</summary>
    public static DataType F16 { get; } =
        new("F16", "16-bit half-precision float", 1, 16, 0, "half", "float16", "fp16");

    /// <summary>The upper 16 bits of a single-precision float.</summary>
    public static DataType BF16 { get; } =
        new("BF16", "16-bit brain float", 1, 16, 0, "bfloat16", "bfloat");

    /// <summary>
    /// 8-bit floats (E4M3, E5M2), scaled per tensor: the few bytes of scales do not show per weight.
    /// </summary>
    public static DataType FP8 { get; } =
        new("FP8", "8-bit float scaled per tensor", 1, 8, 0, "float8", "f8", "e4m3", "fp8e4m3", "e5m2", "fp8e5m2");

    /// <summary>8-bit integers, as the rule of thumb counts them: without scales.</summary>
    public static DataType INT8 { get; } =
        new("INT8", "8-bit integer without scales", 1, 8, 0, "i8", "q8", "8bit", "w8");

    /// <summary>4-bit integers, as the rule of thumb counts them: without scales.</summary>
    public static DataType INT4 { get; } =
        new("INT4", "4-bit integer without scales", 1, 4, 0, "i4", "q4", "4bit", "w4");

    /// <summary>
    /// 4-bit NormalFloat: one 32-bit maximum for each 64 weights (bitsandbytes, <c>quantize_4bit</c>,
    /// <c>blocksize=64</c>), without double quantisation.
    /// </summary>
    public static DataType NF4 { get; } =
        new("NF4", "4-bit NormalFloat in blocks of 64", 64, 64 * 4, 32, "normalfloat4", "bnb4", "bnb4bit");

    /// <summary>What is taken when no data type is said: the type that today's checkpoints are published in.</summary>
    public static DataType Default => BF16;

    /// <summary>
    /// All of them, in order of falling size. The block formats of GGUF are understood too; they are shown to whoever
    /// starts to type one.
    /// </summary>
    public static NamedCatalogue<DataType> All { get; } =
        new("data type", ErrorIds.DataTypeUnknown, [F32, F16, BF16, FP8, INT8, NF4, INT4], GgufDataTypes.Blocks);
}
