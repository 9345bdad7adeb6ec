using System.Globalization;

namespace LlmMemory.Estimation.Comparison;

/// <summary>A number of a log with its unit, and how far it was rounded.</summary>
/// <param name="Value">The number; bytes are whole.</param>
/// <param name="Rounding">Half of the last digit that is printed.</param>
/// <param name="Unit">bytes, tokens, blocks, requests.</param>
internal readonly record struct LogQuantity(decimal Value, decimal Rounding, string Unit)
{
    /// <summary>The unit of memory.</summary>
    public const string Bytes = "bytes";

    // No machine has an exbibyte, and sums of some thousand of these still fit 64 bits.
    private const decimal MaxValue = 1L << 50;

    // vLLM and SGLang divide by 2^30 where they write GB, and llama.cpp by 2^20 where it writes MiB.
    private const int BitsOfStep = 10;

    /// <summary>True for memory.</summary>
    public bool IsBytes => Unit == Bytes;

    /// <summary>Reads memory: <c>12.55</c> and <c>GiB</c>.</summary>
    /// <param name="number">The number, invariant.</param>
    /// <param name="unit">B, KiB to TiB, or KB to TB; both are powers of 1024.</param>
    /// <returns>Null for a number that no engine prints.</returns>
    public static LogQuantity? OfMemory(string number, string unit)
    {
        var step = unit.Length == 0 ? -1 : "BKMGT".IndexOf(char.ToUpperInvariant(unit[0]));
        if (step < 0 || OfCount(number, Bytes) is not { } read)
        {
            return null;
        }

        decimal scale = 1L << (BitsOfStep * step);
        var (value, rounding) = (read.Value * scale, read.Rounding * scale);
        return decimal.Round(value) is var bytes && bytes is > -MaxValue and < MaxValue
            ? new LogQuantity(bytes, step == 0 ? 0 : rounding, Bytes)
            : null;
    }

    /// <summary>Reads a count: <c>982,112</c>, <c>119.89</c>.</summary>
    /// <param name="number">The number, invariant; commas stand between thousands.</param>
    /// <param name="unit">What is counted.</param>
    /// <returns>Null for a number that no engine prints.</returns>
    public static LogQuantity? OfCount(string number, string unit)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands;
        const int MaxLength = 24;
        return number.Length <= MaxLength
            && decimal.TryParse(number, Style, CultureInfo.InvariantCulture, out var value)
            && value is > -MaxValue and < MaxValue
            ? new LogQuantity(value, HalfOfLastDigit(number), unit)
            : null;
    }

    /// <summary>Both together: the sum of two figures of one line.</summary>
    public static LogQuantity operator +(LogQuantity left, LogQuantity right)
    {
        return new LogQuantity(left.Value + right.Value, left.Rounding + right.Rounding, left.Unit);
    }

    // A whole number is a count, and exact.
    private static decimal HalfOfLastDigit(string number)
    {
        var half = 0.5m;
        var point = number.IndexOf('.');
        for (var i = point + 1; point >= 0 && i < number.Length; i++)
        {
            half /= 10;
        }

        return point < 0 ? 0 : half;
    }
}
