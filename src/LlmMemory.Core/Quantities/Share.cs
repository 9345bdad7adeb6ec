using System;
using System.Globalization;

namespace LlmMemory.Quantities;

/// <summary>A share of a whole, such as a safety margin: 0.2, 20 and '20%' are the same.</summary>
internal static class Share
{
    // Up to here a bare number is a fraction, above it a percentage; a per cent sign settles it.
    private const decimal LargestFraction = 1;

    /// <summary>Reads a share as a fraction.</summary>
    /// <param name="value">Text or a number.</param>
    /// <param name="share">The fraction: 0.2 for 20 %.</param>
    public static NumericReading Read(object value, out decimal share)
    {
        if (value is string text)
        {
            return FromText(text.Trim(), out share);
        }

        var reading = NumericValue.Read(value, out share);
        share = FromBareNumber(share);
        return reading;
    }

    /// <summary>Writes a share as a percentage: <c>20 %</c>.</summary>
    /// <param name="share">The fraction.</param>
    public static string Format(decimal share)
    {
        return (share * 100).ToString("0.######", CultureInfo.InvariantCulture) + " %";
    }

    private static NumericReading FromText(string text, out decimal share)
    {
        var isPercentage = text.EndsWith("%", StringComparison.Ordinal);
        var digits = isPercentage ? text.Substring(0, text.Length - 1) : text;
        var reading = NumericValue.ReadText(digits, out share);
        share = isPercentage ? share / 100 : FromBareNumber(share);
        return reading;
    }

    private static decimal FromBareNumber(decimal number)
    {
        return number > LargestFraction ? number / 100 : number;
    }
}
