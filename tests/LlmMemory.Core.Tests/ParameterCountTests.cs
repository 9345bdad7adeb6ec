using System.Globalization;
using System.Numerics;
using LlmMemory.Errors;
using LlmMemory.Quantities;
using Xunit;

namespace LlmMemory.Core.Tests;

public sealed class ParameterCountTests
{
    [Theory]
    [InlineData("7B", 7_000_000_000)]
    [InlineData("7b", 7_000_000_000)]
    [InlineData(" 7 B ", 7_000_000_000)]
    [InlineData("0.5B", 500_000_000)]
    [InlineData(".5B", 500_000_000)]
    [InlineData("350M", 350_000_000)]
    [InlineData("1.5T", 1_500_000_000_000)]
    [InlineData("500K", 500_000)]
    [InlineData("7e9", 7_000_000_000)]
    [InlineData("7E+9", 7_000_000_000)]
    [InlineData("7000000000", 7_000_000_000)]
    [InlineData("7,000,000,000", 7_000_000_000)]
    [InlineData("7_000_000_000", 7_000_000_000)]
    [InlineData("7 billion", 7_000_000_000)]
    [InlineData("1.5 trillion", 1_500_000_000_000)]
    [InlineData("350 million", 350_000_000)]
    [InlineData("+7B", 7_000_000_000)]
    [InlineData("7241732096", 7_241_732_096)]
    [InlineData("7.241732096B", 7_241_732_096)]
    [InlineData("1", 1)]
    [InlineData("4611686018427387904", ParameterCount.MaxValue)]
    public void Text_is_read_as_users_write_it(string text, long expected)
    {
        Assert.Equal(expected, ParameterCount.Parse(text));
    }

    [Theory]
    [InlineData(7e9, 7_000_000_000)]
    [InlineData(8.03e9, 8_030_000_000)]
    [InlineData(7_000_000_000L, 7_000_000_000)]
    [InlineData(20, 20)]
    [InlineData((byte)20, 20)]
    [InlineData(7e9f, 7_000_000_000)]
    [InlineData(9007199254740993d, 9_007_199_254_740_992)]
    [InlineData(2333333333.3333, 2_333_333_333)]
    public void Any_numeric_type_is_read(object number, long expected)
    {
        Assert.Equal(expected, ParameterCount.Parse(number));
    }

    [Fact]
    public void Decimals_and_big_integers_are_read()
    {
        Assert.Equal(7, ParameterCount.Parse(7m));
        Assert.Equal(ParameterCount.MaxValue, ParameterCount.Parse(BigInteger.Pow(2, 62)));
    }

    [Theory]
    [InlineData(null, ErrorIds.ParameterCountMissing)]
    [InlineData("", ErrorIds.ParameterCountMissing)]
    [InlineData("   ", ErrorIds.ParameterCountMissing)]
    [InlineData("abc", ErrorIds.ParameterCountInvalid)]
    [InlineData("B", ErrorIds.ParameterCountInvalid)]
    [InlineData("7BB", ErrorIds.ParameterCountInvalid)]
    [InlineData("7G", ErrorIds.ParameterCountInvalid)]
    [InlineData("8x7B", ErrorIds.ParameterCountInvalid)]
    [InlineData("7,5B", ErrorIds.ParameterCountInvalid)]
    [InlineData("1,500B", ErrorIds.ParameterCountInvalid)]
    [InlineData("7,00,000", ErrorIds.ParameterCountInvalid)]
    [InlineData("7.000.000.000", ErrorIds.ParameterCountInvalid)]
    [InlineData("0x10", ErrorIds.ParameterCountInvalid)]
    [InlineData(true, ErrorIds.ParameterCountInvalid)]
    [InlineData('7', ErrorIds.ParameterCountInvalid)]
    [InlineData("0", ErrorIds.ParameterCountOutOfRange)]
    [InlineData("-7B", ErrorIds.ParameterCountOutOfRange)]
    [InlineData("0.4", ErrorIds.ParameterCountOutOfRange)]
    [InlineData("NaN", ErrorIds.ParameterCountOutOfRange)]
    [InlineData("-Infinity", ErrorIds.ParameterCountOutOfRange)]
    [InlineData("1e300", ErrorIds.ParameterCountOutOfRange)]
    [InlineData("1e400", ErrorIds.ParameterCountOutOfRange)]
    [InlineData("9e18T", ErrorIds.ParameterCountOutOfRange)]
    [InlineData("4e18T", ErrorIds.ParameterCountOutOfRange)]
    [InlineData("-4e18T", ErrorIds.ParameterCountOutOfRange)]
    [InlineData("4611686018427387905", ErrorIds.ParameterCountOutOfRange)]
    [InlineData(0, ErrorIds.ParameterCountOutOfRange)]
    [InlineData(-1L, ErrorIds.ParameterCountOutOfRange)]
    [InlineData(double.NaN, ErrorIds.ParameterCountOutOfRange)]
    [InlineData(double.PositiveInfinity, ErrorIds.ParameterCountOutOfRange)]
    [InlineData(double.MaxValue, ErrorIds.ParameterCountOutOfRange)]
    [InlineData(1e19, ErrorIds.ParameterCountOutOfRange)]
    [InlineData(ulong.MaxValue, ErrorIds.ParameterCountOutOfRange)]
    public void What_is_no_count_is_refused_with_its_value_and_a_good_example(object? value, string errorId)
    {
        var error = Assert.Throws<LlmMemoryException>(() => ParameterCount.Parse(value));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(value, error.Value);
        Assert.Contains("7B", error.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_is_refused_without_repeating_it()
    {
        var error = Assert.Throws<LlmMemoryException>(() => ParameterCount.Parse(new string('7', 1_000_000)));

        Assert.Equal(ErrorIds.ParameterCountInvalid, error.ErrorId);
        Assert.True(error.Message.Length < 300);
    }

    [Fact]
    public void The_culture_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(500_000_000, ParameterCount.Parse("0.5B"));
            Assert.Equal("7.241732096 B", ParameterCount.Format(7_241_732_096));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(7_000_000_000, "7 B")]
    [InlineData(500_000_000, "500 M")]
    [InlineData(1_500_000_000_000, "1.5 T")]
    [InlineData(20_000, "20 K")]
    [InlineData(999, "999")]
    [InlineData(7_241_732_096, "7.241732096 B")]
    public void A_count_is_written_exactly(long count, string expected)
    {
        Assert.Equal(expected, ParameterCount.Format(count));
    }
}
