using LlmMemory.Errors;
using LlmMemory.Workloads;
using Xunit;

namespace LlmMemory.Core.Tests;

public sealed class SettingTests
{
    [Theory]
    [InlineData(0.2, 0.2)]
    [InlineData(20, 0.2)]
    [InlineData("20%", 0.2)]
    [InlineData("20 %", 0.2)]
    [InlineData("0.2", 0.2)]
    [InlineData("20", 0.2)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData("1%", 0.01)]
    [InlineData(100, 1)]
    public void A_margin_is_a_fraction_or_a_percentage(object value, double expected)
    {
        Assert.Equal((decimal)expected, SafetyMargin.Parse(value));
    }

    [Theory]
    [InlineData("lots", ErrorIds.SafetyMarginInvalid)]
    [InlineData("0,2", ErrorIds.SafetyMarginInvalid)]
    [InlineData(true, ErrorIds.SafetyMarginInvalid)]
    [InlineData(-0.1, ErrorIds.SafetyMarginOutOfRange)]
    [InlineData(101, ErrorIds.SafetyMarginOutOfRange)]
    [InlineData("150%", ErrorIds.SafetyMarginOutOfRange)]
    [InlineData(double.NaN, ErrorIds.SafetyMarginOutOfRange)]
    [InlineData("NaN", ErrorIds.SafetyMarginOutOfRange)]
    [InlineData("1e30", ErrorIds.SafetyMarginOutOfRange)]
    public void A_bad_margin_is_refused(object value, string errorId)
    {
        var error = Assert.Throws<LlmMemoryException>(() => SafetyMargin.Parse(value));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(value, error.Value);
        Assert.Contains("'20%'", error.Message, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(3.5, 3.5)]
    [InlineData("3.5", 3.5)]
    [InlineData(1, 1)]
    public void A_multiplier_is_a_number_from_one(object value, double expected)
    {
        Assert.Equal((decimal)expected, TrainingMultiplier.Parse(value));
    }

    [Theory]
    [InlineData("four", ErrorIds.TrainingMultiplierInvalid)]
    [InlineData("3,5", ErrorIds.TrainingMultiplierInvalid)]
    [InlineData(0.99, ErrorIds.TrainingMultiplierOutOfRange)]
    [InlineData(-4, ErrorIds.TrainingMultiplierOutOfRange)]
    [InlineData(double.PositiveInfinity, ErrorIds.TrainingMultiplierOutOfRange)]
    [InlineData("1e30", ErrorIds.TrainingMultiplierOutOfRange)]
    public void A_bad_multiplier_is_refused(object value, string errorId)
    {
        var error = Assert.Throws<LlmMemoryException>(() => TrainingMultiplier.Parse(value));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(value, error.Value);
        Assert.Contains("3.5", error.Message, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.09, true)]
    [InlineData(0.1, false)]
    [InlineData(0.2, false)]
    [InlineData(0.21, true)]
    public void A_margin_outside_the_rule_is_worth_a_note(double margin, bool noted)
    {
        Assert.Equal(noted, SafetyMargin.NoteOnUnusual((decimal)margin) is not null);
    }

    [Theory]
    [InlineData(2.9, true)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    [InlineData(4.1, true)]
    public void A_multiplier_outside_the_rule_is_worth_a_note(double multiplier, bool noted)
    {
        Assert.Equal(noted, TrainingMultiplier.NoteOnUnusual((decimal)multiplier) is not null);
    }
}
