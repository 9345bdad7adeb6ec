using LlmMemory.DataTypes;

namespace LlmMemory.Quantization.Storage;

/// <summary>What 8-bit codes are called, whatever the shape of their scales.</summary>
internal static class CodeFormat
{
    /// <summary>FP8 for floats, INT8 for integers.</summary>
    /// <param name="codeType">How a code is stored.</param>
    public static string Of(DataType codeType)
    {
        return codeType == GgufDataTypes.I8 ? "INT8" : "FP8";
    }
}
