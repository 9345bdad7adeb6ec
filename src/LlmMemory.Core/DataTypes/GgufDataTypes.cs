using System.Collections.Generic;

namespace LlmMemory.DataTypes;

/// <summary>
/// The types of ggml that a tensor of a GGUF file may have beside the plain floats of <see cref="DataTypeCatalogue"/>.
/// The blocks are those of ggml-org/llama.cpp, ggml/src/ggml-common.h (block_*); <see cref="GgufTypeNumbers"/> has their
/// numbers in a file.
/// </summary>
public static class GgufDataTypes
{
    /// <summary>32 weights of 4 bits, one half-precision scale.</summary>
    public static DataType Q4_0 { get; } = new("Q4_0", "GGUF, 4-bit in blocks of 32", 32, 32 * 4, 16);

    /// <summary>32 weights of 4 bits, a scale and a minimum.</summary>
    public static DataType Q4_1 { get; } = new("Q4_1", "GGUF, 4-bit in blocks of 32 with minimum", 32, 32 * 4, 32);

    /// <summary>32 weights of 5 bits, one scale.</summary>
    public static DataType Q5_0 { get; } = new("Q5_0", "GGUF, 5-bit in blocks of 32", 32, 32 * 5, 16);

    /// <summary>32 weights of 5 bits, a scale and a minimum.</summary>
    public static DataType Q5_1 { get; } = new("Q5_1", "GGUF, 5-bit in blocks of 32 with minimum", 32, 32 * 5, 32);

    /// <summary>32 weights of 8 bits, one scale.</summary>
    public static DataType Q8_0 { get; } = new("Q8_0", "GGUF, 8-bit in blocks of 32", 32, 32 * 8, 16);

    /// <summary>32 weights of 8 bits, a scale and a sum.</summary>
    public static DataType Q8_1 { get; } = new("Q8_1", "GGUF, 8-bit in blocks of 32 with sum", 32, 32 * 8, 32);

    /// <summary>256 weights of 2 bits; 4-bit scales and minima for each 16.</summary>
    public static DataType Q2_K { get; } = new("Q2_K", "GGUF, 2-bit in super-blocks of 256", 256, 256 * 2, 160);

    /// <summary>256 weights of 3 bits; 6-bit scales for each 16.</summary>
    public static DataType Q3_K { get; } = new("Q3_K", "GGUF, 3-bit in super-blocks of 256", 256, 256 * 3, 112);

    /// <summary>256 weights of 4 bits; 6-bit scales and minima for each 32.</summary>
    public static DataType Q4_K { get; } = new("Q4_K", "GGUF, 4-bit in super-blocks of 256", 256, 256 * 4, 128);

    /// <summary>256 weights of 5 bits; 6-bit scales and minima for each 32.</summary>
    public static DataType Q5_K { get; } = new("Q5_K", "GGUF, 5-bit in super-blocks of 256", 256, 256 * 5, 128);

    /// <summary>256 weights of 6 bits; 8-bit scales for each 16.</summary>
    public static DataType Q6_K { get; } = new("Q6_K", "GGUF, 6-bit in super-blocks of 256", 256, 256 * 6, 144);

    /// <summary>256 weights of 8 bits with a float scale and sums: between computations, not in files.</summary>
    public static DataType Q8_K { get; } = new("Q8_K", "GGUF, 8-bit in super-blocks of 256", 256, 256 * 8, 288);

    /// <summary>Codes of a grid for 8 weights with their signs; 4-bit scales for each 32.</summary>
    public static DataType IQ2_XXS { get; } = new("IQ2_XXS", "GGUF, 2-bit grid codes", 256, 480, 48);

    /// <summary>As IQ2_XXS with a larger grid; 4-bit scales for each 16.</summary>
    public static DataType IQ2_XS { get; } = new("IQ2_XS", "GGUF, 2-bit codes of a larger grid", 256, 512, 80);

    /// <summary>As IQ2_XS with a grid of 10-bit codes and all signs.</summary>
    public static DataType IQ2_S { get; } = new("IQ2_S", "GGUF, 2-bit codes of the largest grid", 256, 576, 80);

    /// <summary>Codes of a grid for 4 weights with their signs; 4-bit scales for each 32.</summary>
    public static DataType IQ3_XXS { get; } = new("IQ3_XXS", "GGUF, 3-bit grid codes", 256, 736, 48);

    /// <summary>As IQ3_XXS with a larger grid and all signs.</summary>
    public static DataType IQ3_S { get; } = new("IQ3_S", "GGUF, 3-bit codes of a larger grid", 256, 832, 48);

    /// <summary>Codes of a ternary grid for 8 weights; 3-bit scales for each 32.</summary>
    public static DataType IQ1_S { get; } = new("IQ1_S", "GGUF, ternary grid codes", 256, 352, 48);

    /// <summary>As IQ1_S with scales for each 16.</summary>
    public static DataType IQ1_M { get; } = new("IQ1_M", "GGUF, ternary grid codes with finer scales", 256, 384, 64);

    /// <summary>32 weights of 4 bits that stand for unevenly spaced values.</summary>
    public static DataType IQ4_NL { get; } = new("IQ4_NL", "GGUF, non-linear 4-bit in blocks of 32", 32, 32 * 4, 16);

    /// <summary>As IQ4_NL in super-blocks; 6-bit scales for each 32.</summary>
    public static DataType IQ4_XS { get; } = new("IQ4_XS", "GGUF, non-linear 4-bit in super-blocks of 256", 256, 256 * 4, 64);

    /// <summary>Ternary weights, five to a byte.</summary>
    public static DataType TQ1_0 { get; } = new("TQ1_0", "GGUF, ternary, five to a byte", 256, 416, 16);

    /// <summary>Ternary weights of 2 bits.</summary>
    public static DataType TQ2_0 { get; } = new("TQ2_0", "GGUF, ternary, 2-bit", 256, 512, 16);

    /// <summary>OCP microscaling: 32 floats of 4 bits (E2M1), one 8-bit exponent.</summary>
    public static DataType MXFP4 { get; } = new("MXFP4", "OCP microscaling 4-bit float in blocks of 32", 32, 32 * 4, 8);

    /// <summary>Floats of 4 bits (E2M1), one 8-bit scale (E4M3) for each 16; a GGUF block is four of them.</summary>
    public static DataType NVFP4 { get; } = new("NVFP4", "NVIDIA 4-bit float, a scale for each 16", 64, 64 * 4, 32);

    /// <summary>128 signs, one scale.</summary>
    public static DataType Q1_0 { get; } = new("Q1_0", "GGUF, 1-bit in blocks of 128", 128, 128, 16);

    /// <summary>64 weights of 2 bits, one scale.</summary>
    public static DataType Q2_0 { get; } = new("Q2_0", "GGUF, 2-bit in blocks of 64", 64, 64 * 2, 16);

    /// <summary>8-bit integers as they are.</summary>
    public static DataType I8 { get; } = new("I8", "8-bit integer", 1, 8, 0);

    /// <summary>16-bit integers.</summary>
    public static DataType I16 { get; } = new("I16", "16-bit integer", 1, 16, 0);

    /// <summary>32-bit integers.</summary>
    public static DataType I32 { get; } = new("I32", "32-bit integer", 1, 32, 0);

    /// <summary>64-bit integers.</summary>
    public static DataType I64 { get; } = new("I64", "64-bit integer", 1, 64, 0);

    /// <summary>IEEE 754 double precision.</summary>
    public static DataType F64 { get; } = new("F64", "64-bit float", 1, 64, 0);

    /// <summary>The block formats that files are made of, in order of falling size.</summary>
    public static IReadOnlyList<DataType> Blocks { get; } =
    [
        Q8_0, Q6_K, Q5_1, Q5_K, Q5_0, Q4_1, Q4_K, Q4_0, IQ4_NL, NVFP4, IQ4_XS, MXFP4, Q3_K, IQ3_S, IQ3_XXS, Q2_K,
        IQ2_S, IQ2_XS, Q2_0, IQ2_XXS, TQ2_0, IQ1_M, TQ1_0, IQ1_S, Q1_0,
    ];
}
