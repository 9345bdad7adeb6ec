using System;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace LlmMemory.Quantities;

/// <summary>What came of reading a boxed value as a number.</summary>
internal enum NumericReading
{
    /// <summary>The value is not of a numeric type.</summary>
    NotNumeric,

    /// <summary>The value is a number that a decimal holds.</summary>
    Number,

    /// <summary>The value is NaN, infinite, or beyond about 7.9e28.</summary>
    Unbounded,
}

/// <summary>
/// Reads any numeric type that a caller may hand over boxed. <see cref="decimal"/> is the common ground: shares such
/// as 0.2 stay exact, so the same input gives the same bytes on every runtime.
/// </summary>
internal static class NumericValue
{
    // Every whole double below this bound converts to long without loss.
    private const double ExactLongBound = 1L << 62;

    // Not double.TryParse: .NET Framework refuses '1e400', which .NET reads as infinite.
    private static readonly Regex BeyondDecimal = new(
        @"^\s*[+-]?((\d+\.?\d*|\.\d+)(e[+-]?\d+)?|NaN|Infinity)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>Reads a boxed number.</summary>
    /// <param name="value">The value as it was given.</param>
    /// <param name="number">The number, when the result is <see cref="NumericReading.Number"/>.</param>
    public static NumericReading Read(object value, out decimal number)
    {
        number = 0;
        switch (value)
        {
            case double real:
                return FromDouble(real, out number);
            case float real:
                return FromDouble(real, out number);
            case BigInteger whole:
                return FromBigInteger(whole, out number);
            case long or int or short or sbyte or ulong or uint or ushort or byte or decimal:
                number = Convert.ToDecimal(value, CultureInfo.InvariantCulture);
                return NumericReading.Number;
            default:
                return NumericReading.NotNumeric;
        }
    }

    /// <summary>Reads a number from text, culture-independently and without thousands separators.</summary>
    /// <param name="text">The text.</param>
    /// <param name="number">The number, when the result is <see cref="NumericReading.Number"/>.</param>
    public static NumericReading ReadText(string text, out decimal number)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
        {
            return NumericReading.Number;
        }

        return BeyondDecimal.IsMatch(text) ? NumericReading.Unbounded : NumericReading.NotNumeric;
    }

    private static NumericReading FromDouble(double real, out decimal number)
    {
        number = 0;
        if (double.IsNaN(real) || Math.Abs(real) > (double)decimal.MaxValue / 2)
        {
            return NumericReading.Unbounded;
        }

        // The direct conversion keeps 15 digits; a whole number deserves all of them.
        number = Math.Abs(real) < ExactLongBound && Math.Floor(real) == real ? (long)real : (decimal)real;
        return NumericReading.Number;
    }

    private static NumericReading FromBigInteger(BigInteger whole, out decimal number)
    {
        number = 0;
        if (BigInteger.Abs(whole) > new BigInteger(decimal.MaxValue))
        {
            return NumericReading.Unbounded;
        }

        number = (decimal)whole;
        return NumericReading.Number;
    }
}
