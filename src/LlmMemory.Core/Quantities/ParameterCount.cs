using System;
using System.Globalization;
using LlmMemory.Errors;

namespace LlmMemory.Quantities;

/// <summary>
/// A count of weights: reading what users write (<c>7B</c>, <c>350M</c>, <c>7e9</c>, <c>'7,000,000,000'</c>,
/// <c>'7 billion'</c>) and writing it back. K, M, B and T are decimal: 7B is 7,000,000,000.
/// </summary>
public static class ParameterCount
{
    /// <summary>The largest count the engine takes: 2^62, so that sums of a few shares of it still fit 64 bits.</summary>
    public const long MaxValue = 1L << 62;

    /// <summary>Below this many weights a unit was probably forgotten (<c>7</c> for <c>7B</c>).</summary>
    public const long SuspiciouslyFew = 1_000;

    internal const string Examples = "Write 7B, 350M, 1.5T, 7e9, 7000000000, '7,000,000,000' or '7 billion'.";

    /// <summary>
    /// Reads a count from text or from any numeric type, culture-independently. A fraction of a weight, as it is left
    /// over by arithmetic on doubles, is rounded to the nearest whole weight.
    /// </summary>
    /// <param name="value">Text or a number.</param>
    /// <returns>The count of weights, from 1 to <see cref="MaxValue"/>.</returns>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.ParameterCountMissing"/>, <see cref="ErrorIds.ParameterCountInvalid"/> or
    /// <see cref="ErrorIds.ParameterCountOutOfRange"/>.
    /// </exception>
    public static long Parse(object? value)
    {
        if (value is null || (value is string blank && string.IsNullOrWhiteSpace(blank)))
        {
            throw new LlmMemoryException(
                ErrorIds.ParameterCountMissing, value, $"No parameter count was given. {Examples}");
        }

        if (value is string text)
        {
            return ToCount(CountText.Parse(text), value);
        }

        return NumericValue.Read(value, out var number) switch
        {
            NumericReading.Number => ToCount(number, value),
            NumericReading.Unbounded => throw OutOfRange(value),
            _ => throw new LlmMemoryException(
                ErrorIds.ParameterCountInvalid,
                value,
                $"A {value.GetType().Name} ({Quoted.Value(value)}) is not a parameter count. {Examples}"),
        };
    }

    /// <summary>Refuses a count that no model can have.</summary>
    /// <param name="count">The count of weights.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.ParameterCountOutOfRange"/>.</exception>
    public static void EnsureInRange(long count)
    {
        if (count is < 1 or > MaxValue)
        {
            throw OutOfRange(count);
        }
    }

    /// <summary>Writes a count exactly, in its largest fitting unit: <c>7 B</c>, <c>7.241732096 B</c>, <c>20 M</c>.</summary>
    /// <param name="count">The count of weights.</param>
    public static string Format(long count)
    {
        var unit = CountUnit.LargestIn(count);
        var number = (count / (decimal)unit.Factor).ToString("0.############", CultureInfo.InvariantCulture);
        return unit.Symbol.Length == 0 ? number : $"{number} {unit.Symbol}";
    }

    /// <summary>Writes a count as people speak of it, three digits of it: <c>8.03 B</c>, <c>124 M</c>.</summary>
    /// <param name="count">The count of weights.</param>
    public static string FormatShort(long count)
    {
        var unit = CountUnit.LargestIn(count);
        var number = count / (decimal)unit.Factor;
        var format = number >= 100 ? "0" : number >= 10 ? "0.#" : "0.##";
        return $"{number.ToString(format, CultureInfo.InvariantCulture)} {unit.Symbol}".TrimEnd();
    }

    /// <summary>The error of a count that no model can have.</summary>
    /// <param name="value">The value as it was given.</param>
    internal static LlmMemoryException OutOfRange(object value)
    {
        return new LlmMemoryException(
            ErrorIds.ParameterCountOutOfRange,
            value,
            $"{Quoted.Value(value)} is not between 1 and {MaxValue} parameters. {Examples} "
            + "A number with thousands separators needs its quotes.");
    }

    private static long ToCount(decimal number, object value)
    {
        if (number < 1 || number > MaxValue)
        {
            throw OutOfRange(value);
        }

        return (long)Math.Round(number, MidpointRounding.AwayFromZero);
    }
}
