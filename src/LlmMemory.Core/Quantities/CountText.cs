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

    private const NumberStyles PlainNumber =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly Regex Grouped = new(
        @"^[+-]?(\d{1,3}(,\d{3})+|\d{1,3}(_\d{3})+)$", RegexOptions.CultureInvariant);

    private static readonly Regex ExpertName = new(
        @"^\d+\s*x\s*[\d.]+\s*[bm]$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex DecimalComma = new(@"^\d+,\d+\s*[A-Za-z]*$", RegexOptions.CultureInvariant);

    /// <summary>Reads the text's number, unit applied.</summary>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.ParameterCountInvalid"/>, or <see cref="ErrorIds.ParameterCountOutOfRange"/> for a number
    /// that not even a decimal holds.
    /// </exception>
    public static decimal Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length <= MaxLength && TryParse(trimmed, out var number))
        {
            return Math.Abs(number) <= ParameterCount.MaxValue ? number : throw ParameterCount.OutOfRange(text);
        }

        throw IsBeyondDecimal(trimmed) ? ParameterCount.OutOfRange(text) : Invalid(text, trimmed);
    }

    private static bool TryParse(string trimmed, out decimal count)
    {
        count = 0;
        var unitStart = trimmed.Length;
        while (unitStart > 0 && char.IsLetter(trimmed[unitStart - 1]))
        {
            unitStart--;
        }

        var digits = trimmed.Substring(0, unitStart).TrimEnd();
        var unit = CountUnit.Find(trimmed.Substring(unitStart));
        if (unit is null || !TryParseNumber(digits, unit, out var number))
        {
            return false;
        }

        // Beyond the range is beyond the range: multiplied first, the number might not even fit a decimal.
        var limit = (decimal)ParameterCount.MaxValue / unit.Factor;
        count = Math.Abs(number) > limit ? decimal.MaxValue : number * unit.Factor;
        return true;
    }

    private static bool TryParseNumber(string digits, CountUnit unit, out decimal number)
    {
        if (decimal.TryParse(digits, PlainNumber, CultureInfo.InvariantCulture, out number))
        {
            return true;
        }

        // '1,500B' is fifteen hundred billion to one reader and one and a half to another: a factor of a thousand.
        return unit.Factor == 1
            && Grouped.IsMatch(digits)
            && decimal.TryParse(
                digits.Replace(",", string.Empty).Replace("_", string.Empty), PlainNumber, CultureInfo.InvariantCulture, out number);
    }

    private static bool IsBeyondDecimal(string trimmed)
    {
        return trimmed.Length <= MaxLength && NumericValue.ReadText(trimmed, out _) == NumericReading.Unbounded;
    }

    private static LlmMemoryException Invalid(string text, string trimmed)
    {
        return new LlmMemoryException(
            ErrorIds.ParameterCountInvalid,
            text,
            $"{Quoted.Value(text)} is not a parameter count.{Hint(trimmed)} {ParameterCount.Examples}");
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
