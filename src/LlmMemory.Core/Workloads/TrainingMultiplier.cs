using System.Globalization;
using LlmMemory.Errors;
using LlmMemory.Quantities;

namespace LlmMemory.Workloads;

/// <summary>
/// How many times its storage a model takes while it trains, before gradients and optimizer states. The rule of
/// thumb takes 3 to 4: one for the weights, the rest for what the training step works on.
/// </summary>
public static class TrainingMultiplier
{
    /// <summary>What is taken when no multiplier is said.</summary>
    public const decimal Default = 4;

    private const decimal UsualLow = 3;
    private const decimal UsualHigh = 4;
    private const string Examples = "Write a number such as 3, 3.5 or 4.";

    /// <summary>Reads a multiplier.</summary>
    /// <param name="value">Text or a number.</param>
    /// <returns>The multiplier, at least 1.</returns>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.TrainingMultiplierInvalid"/> or <see cref="ErrorIds.TrainingMultiplierOutOfRange"/>.
    /// </exception>
    public static decimal Parse(object value)
    {
        var reading = Read(value, out var multiplier);
        if (reading == NumericReading.NotNumeric)
        {
            throw new LlmMemoryException(
                ErrorIds.TrainingMultiplierInvalid, value, $"{Quoted.Value(value)} is not a training multiplier. {Examples}");
        }

        return reading == NumericReading.Number && multiplier >= 1 ? multiplier : throw OutOfRange(value);
    }

    /// <summary>Refuses a multiplier below 1.</summary>
    /// <param name="multiplier">The multiplier.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingMultiplierOutOfRange"/>.</exception>
    public static void EnsureInRange(decimal multiplier)
    {
        if (multiplier < 1)
        {
            throw OutOfRange(multiplier);
        }
    }

    /// <summary>A sentence about a legal multiplier that the rule of thumb does not usually take, else null.</summary>
    /// <param name="multiplier">The multiplier.</param>
    public static string? NoteOnUnusual(decimal multiplier)
    {
        return multiplier is >= UsualLow and <= UsualHigh
            ? null
            : $"A training multiplier of {Format(multiplier)} is unusual: the rule of thumb takes 3 to 4.";
    }

    /// <summary>Writes a multiplier: <c>3.5</c>.</summary>
    /// <param name="multiplier">The multiplier.</param>
    public static string Format(decimal multiplier)
    {
        return multiplier.ToString("0.######", CultureInfo.InvariantCulture);
    }

    private static LlmMemoryException OutOfRange(object value)
    {
        return new LlmMemoryException(
            ErrorIds.TrainingMultiplierOutOfRange,
            value,
            $"A training multiplier of {Quoted.Value(value)} is not a number from 1 up: the weights alone are 1. {Examples}");
    }

    private static NumericReading Read(object value, out decimal multiplier)
    {
        return value is string text
            ? NumericValue.ReadText(text, out multiplier)
            : NumericValue.Read(value, out multiplier);
    }
}
