using LlmMemory.Errors;
using LlmMemory.Quantities;

namespace LlmMemory.Workloads;

/// <summary>The share of a training estimate that is added for safety. The rule of thumb takes 10 to 20 %.</summary>
public static class SafetyMargin
{
    /// <summary>What is taken when no margin is said: 20 %.</summary>
    public const decimal Default = 0.2m;

    private const decimal UsualLow = 0.1m;
    private const decimal UsualHigh = 0.2m;
    private const string Examples = "Write 0.2, 20 or '20%'; up to 1 a bare number is a fraction, above it a percentage.";

    /// <summary>Reads a margin.</summary>
    /// <param name="value">0.2, 20 or '20%': text or a number.</param>
    /// <returns>The margin as a fraction, from 0 to 1.</returns>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.SafetyMarginInvalid"/> or <see cref="ErrorIds.SafetyMarginOutOfRange"/>.
    /// </exception>
    public static decimal Parse(object value)
    {
        var reading = Share.Read(value, out var margin);
        if (reading == NumericReading.NotNumeric)
        {
            throw new LlmMemoryException(
                ErrorIds.SafetyMarginInvalid, value, $"{Quoted.Value(value)} is not a safety margin. {Examples}");
        }

        return reading == NumericReading.Number && IsInRange(margin) ? margin : throw OutOfRange(value);
    }

    /// <summary>Refuses a margin outside 0 to 100 %.</summary>
    /// <param name="margin">The margin as a fraction.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.SafetyMarginOutOfRange"/>.</exception>
    public static void EnsureInRange(decimal margin)
    {
        if (!IsInRange(margin))
        {
            throw OutOfRange(margin);
        }
    }

    /// <summary>A sentence about a legal margin that the rule of thumb does not usually take, else null.</summary>
    /// <param name="margin">The margin as a fraction.</param>
    public static string? NoteOnUnusual(decimal margin)
    {
        return margin is >= UsualLow and <= UsualHigh
            ? null
            : $"A safety margin of {Share.Format(margin)} is unusual: the rule of thumb takes 10 to 20 %.";
    }

    /// <summary>Writes a margin as a percentage: <c>20 %</c>.</summary>
    /// <param name="margin">The margin as a fraction.</param>
    public static string Format(decimal margin)
    {
        return Share.Format(margin);
    }

    private static bool IsInRange(decimal margin)
    {
        return margin is >= 0 and <= 1;
    }

    private static LlmMemoryException OutOfRange(object value)
    {
        return new LlmMemoryException(
            ErrorIds.SafetyMarginOutOfRange,
            value,
            $"A safety margin of {Quoted.Value(value)} is outside 0 to 100 %. {Examples}");
    }
}
