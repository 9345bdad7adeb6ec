using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace LlmMemory.DataTypes;

/// <summary>
/// The types that a tensor of a safetensors file may have, by the names that its header gives them. Source:
/// huggingface/safetensors, safetensors/src/tensor.rs (enum Dtype). Each is a block of one element: scales are tensors
/// of their own there.
/// </summary>
public static class SafetensorsDataTypes
{
    /// <summary>Two 32-bit floats, a complex number.</summary>
    public static DataType C64 { get; } = new("C64", "complex number of two 32-bit floats", 1, 64, 0);

    /// <summary>64-bit integers without sign.</summary>
    public static DataType U64 { get; } = new("U64", "64-bit integer without sign", 1, 64, 0);

    /// <summary>32-bit integers without sign.</summary>
    public static DataType U32 { get; } = new("U32", "32-bit integer without sign", 1, 32, 0);

    /// <summary>16-bit integers without sign.</summary>
    public static DataType U16 { get; } = new("U16", "16-bit integer without sign", 1, 16, 0);

    /// <summary>Bytes; packed formats keep two codes of 4 bits in each.</summary>
    public static DataType U8 { get; } = new("U8", "8-bit integer without sign", 1, 8, 0);

    /// <summary>Truth values, a byte each.</summary>
    public static DataType Bool { get; } = new("BOOL", "truth value", 1, 8, 0);

    /// <summary>8-bit floats: 4 bits of exponent, 3 of mantissa.</summary>
    public static DataType F8_E4M3 { get; } = new("F8_E4M3", "8-bit float of 4 exponent bits", 1, 8, 0);

    /// <summary>8-bit floats: 5 bits of exponent, 2 of mantissa.</summary>
    public static DataType F8_E5M2 { get; } = new("F8_E5M2", "8-bit float of 5 exponent bits", 1, 8, 0);

    /// <summary>Powers of two, the scales of the OCP microscaling formats.</summary>
    public static DataType F8_E8M0 { get; } = new("F8_E8M0", "8-bit power of two", 1, 8, 0);

    /// <summary>6-bit floats: 2 bits of exponent, 3 of mantissa.</summary>
    public static DataType F6_E2M3 { get; } = new("F6_E2M3", "6-bit float of 2 exponent bits", 1, 6, 0);

    /// <summary>6-bit floats: 3 bits of exponent, 2 of mantissa.</summary>
    public static DataType F6_E3M2 { get; } = new("F6_E3M2", "6-bit float of 3 exponent bits", 1, 6, 0);

    /// <summary>4-bit floats (E2M1), two to a byte.</summary>
    public static DataType F4 { get; } = new("F4", "4-bit float", 1, 4, 0);

    private static Dictionary<string, DataType> ByName { get; } = new(StringComparer.Ordinal)
    {
        ["F64"] = GgufDataTypes.F64,
        ["F32"] = DataTypeCatalogue.F32,
        ["F16"] = DataTypeCatalogue.F16,
        ["BF16"] = DataTypeCatalogue.BF16,
        ["I64"] = GgufDataTypes.I64,
        ["I32"] = GgufDataTypes.I32,
        ["I16"] = GgufDataTypes.I16,
        ["I8"] = GgufDataTypes.I8,
        ["U64"] = U64,
        ["U32"] = U32,
        ["U16"] = U16,
        ["U8"] = U8,
        ["BOOL"] = Bool,
        ["F8_E4M3"] = F8_E4M3,
        ["F8_E5M2"] = F8_E5M2,
        ["F8_E8M0"] = F8_E8M0,
        ["F6_E2M3"] = F6_E2M3,
        ["F6_E3M2"] = F6_E3M2,
        ["F4"] = F4,
        ["C64"] = C64,
    };

    /// <summary>The type of that name.</summary>
    /// <param name="name">The name as a header has it, in capitals.</param>
    /// <param name="dataType">The type.</param>
    public static bool TryFind(string name, [NotNullWhen(true)] out DataType? dataType)
    {
        return ByName.TryGetValue(name, out dataType);
    }
}
