using System;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Quantities;
using LlmMemory.Workloads;

namespace LlmMemory.Core.Tests;

/// <summary>Whatever a user types is either read or refused with the engine's own error, never anything else.</summary>
[Properties(Arbitrary = [typeof(ReadingProperties)], MaxTest = 5_000)]
public sealed class ReadingProperties
{
    /// <summary>A text that is nearly a number.</summary>
    public sealed record Typed(string Text);

    /// <summary>Makes texts from the pieces that numbers, units and names are made of.</summary>
    public static Arbitrary<Typed> Texts()
    {
        var piece = Gen.Elements(
            "7", "0", "999999999999999999", ".", ",", "_", "-", "+", "e", "E", "B", "b", "T", "M", "million", "trillion",
            "%", " ", "x", "NaN", "Infinity", "int", "fp", "\u00E9", "\u0130", "\uD83D", "\0", "\n", "'");
        return piece.ArrayOf().Select(pieces => new Typed(string.Concat(pieces))).ToArbitrary();
    }

    [Property]
    public bool A_count_is_in_range_or_refused(Typed typed)
    {
        return IsReadOrRefused(typed, text => ParameterCount.Parse(text) is >= 1 and <= ParameterCount.MaxValue);
    }

    [Property]
    public bool A_margin_is_in_range_or_refused(Typed typed)
    {
        return IsReadOrRefused(typed, text => SafetyMargin.Parse(text) is >= 0 and <= 1);
    }

    [Property]
    public bool A_multiplier_is_in_range_or_refused(Typed typed)
    {
        return IsReadOrRefused(typed, text => TrainingMultiplier.Parse(text) >= 1);
    }

    [Property]
    public bool A_name_is_known_or_refused(Typed typed)
    {
        return IsReadOrRefused(typed, text => DataTypeCatalogue.All.Find(text).Name.Length > 0);
    }

    [Property]
    public bool A_double_is_in_range_or_refused(double number)
    {
        try
        {
            return ParameterCount.Parse(number) >= 1;
        }
        catch (LlmMemoryException refusal)
        {
            return refusal.ErrorId == ErrorIds.ParameterCountOutOfRange && refusal.Value is double;
        }
    }

    private static bool IsReadOrRefused(Typed typed, Func<string, bool> read)
    {
        try
        {
            return read(typed.Text);
        }
        catch (LlmMemoryException refusal)
        {
            return ReferenceEquals(refusal.Value, typed.Text) && refusal.Message.Length is > 0 and < 400;
        }
    }
}
