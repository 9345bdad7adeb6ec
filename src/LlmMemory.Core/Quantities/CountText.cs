using System;
using System.Globalization;
using System.Text.RegularExpressions;
using LlmMemory.Errors;

namespace LlmMemory.Quantities;

/// <summary>Reads a count from text: digits, perhaps grouped, perhaps with an exponent, perhaps with a unit.</summary>
internal static class CountText
{
    // No count needs more; a longer text is not worth a regular expression's time.
    private const int MaxLength = 64;

    private static readonly Regex Count = new(
        @"^\+?(?<sign>-?)(?<number>(?<grouped>\d{1,3}(,\d{3})+|\d{1,3}(_\d{3})+)|\d+(\.\d+)?([eE][+-]?\d{1,4})?|\.\d+)"
        + @"\s*(?<unit>[A-Za-z]*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private static readonly Regex ExpertName = new(
        @"^\d+\s*x\s*[\d.]+\s*[bm]$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex DecimalComma = new(@"^\d+,\d+\s*[A-Za-z]*$", RegexOptions.CultureInvariant);

    /// <summary>Reads the text's number, unit applied.</summary>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.ParameterCountInvalid"/>, or <see cref="ErrorIds.ParameterCountOutOfRange"/> for a number
    /// that not even a decimal holds.
    /// </exception>
    public static decimal Parse(string text, string examples)
    {
        var trimmed = text.Trim();
        if (IsNonFinite(trimmed))
        {
            throw OutOfRange(text, examples);
        }

        var match = trimmed.Length <= MaxLength ? Count.Match(trimmed) : Match.Empty;
        var unit = match.Success ? CountUnit.Find(match.Groups["unit"].Value) : null;
        if (unit is null || IsAmbiguous(match, unit))
        {
            throw Invalid(text, trimmed, examples);
        }

        return Scaled(match, unit, text, examples);
    }

    // '1,500B' is fifteen hundred billion to one reader and one and a half to another: a factor of a thousand.
    private static bool IsAmbiguous(Match match, CountUnit unit)
    {
        return match.Groups["grouped"].Success && unit.Factor > 1;
    }

    private static bool IsNonFinite(string text)
    {
        var unsigned = text.TrimStart('+', '-');
        return unsigned.Equals("NaN", StringComparison.OrdinalIgnoreCase)
            || unsigned.Equals("Infinity", StringComparison.OrdinalIgnoreCase)
            || unsigned == "\u221E";
    }

    private static decimal Scaled(Match match, CountUnit unit, string text, string examples)
    {
        var digits = match.Groups["sign"].Value
            + match.Groups["number"].Value.Replace(",", string.Empty).Replace("_", string.Empty);
        if (!decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || Math.Abs(number) > ParameterCount.MaxValue)
        {
            throw OutOfRange(text, examples);
        }

        return number * unit.Factor;
    }

    private static LlmMemoryException OutOfRange(string text, string examples)
    {
        return new LlmMemoryException(
            ErrorIds.ParameterCountOutOfRange,
            text,
            $"{Quoted.Value(text)} is not between 1 and {ParameterCount.MaxValue} parameters. {examples}");
    }

    private static LlmMemoryException Invalid(string text, string trimmed, string examples)
    {
        return new LlmMemoryException(
            ErrorIds.ParameterCountInvalid,
            text,
            $"{Quoted.Value(text)} is not a parameter count.{Hint(trimmed)} {examples}");
    }

    private static string Hint(string trimmed)
    {
        if (trimmed.Length > MaxLength)
        {
            return string.Empty;
        }

        if (ExpertName.IsMatch(trimmed))
        {
            return " It names a mixture of experts, whose layers share weights: give the total, 46.7B for Mixtral 8x7B.";
        }

        return DecimalComma.IsMatch(trimmed)
            ? " The decimal sign is a point, and a number with a unit takes no thousands separators."
            : string.Empty;
    }
}
