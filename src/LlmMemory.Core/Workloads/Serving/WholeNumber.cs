using System.Globalization;
using LlmMemory.Errors;
using LlmMemory.Quantities;

namespace LlmMemory.Workloads.Serving;

/// <summary>Whole numbers as settings: ranks, sequences, layers, tokens. Tokens may be written in k of 1024: 32k is 32768.</summary>
public static class WholeNumber
{
    private const decimal K = 1024;

    /// <summary>Reads a count of ranks, sequences or layers.</summary>
    /// <param name="value">Text or a number.</param>
    /// <param name="setting">What the setting is called.</param>
    /// <param name="min">The least that makes sense.</param>
    /// <param name="example">A good value.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.ServingSettingInvalid"/> or <see cref="ErrorIds.ServingSettingOutOfRange"/>.
    /// </exception>
    public static int ParseCount(object value, string setting, int min, string example)
    {
        return (int)Parse(value, setting, min, int.MaxValue, example, takesK: false);
    }

    /// <summary>Reads a count of tokens: 8192, 8k or 1M, in which k is 1024 and M is k x k.</summary>
    /// <param name="value">Text or a number.</param>
    /// <param name="setting">What the setting is called.</param>
    /// <param name="example">A good value.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.ServingSettingInvalid"/> or <see cref="ErrorIds.ServingSettingOutOfRange"/>.
    /// </exception>
    public static long ParseTokens(object value, string setting, string example)
    {
        return Parse(value, setting, 1, 1L << 40, example, takesK: true);
    }

    private static long Parse(object value, string setting, long min, long max, string example, bool takesK)
    {
        var reading = value is string text ? ReadText(text.Trim(), takesK, out var number) : NumericValue.Read(value, out number);
        if (reading == NumericReading.NotNumeric || (reading == NumericReading.Number && decimal.Truncate(number) != number))
        {
            throw new LlmMemoryException(
                ErrorIds.ServingSettingInvalid, value, $"{Quoted.Value(value)} is no whole number for -{setting}. Write -{setting} {example}.");
        }

        return reading == NumericReading.Number && number >= min && number <= max
            ? (long)number
            : throw new LlmMemoryException(
                ErrorIds.ServingSettingOutOfRange,
                value,
                string.Format(CultureInfo.InvariantCulture, "{0} is not between {1} and {2} for -{3}. Write -{3} {4}.", Quoted.Value(value), min, max, setting, example));
    }

    private static NumericReading ReadText(string text, bool takesK, out decimal number)
    {
        var factor = !takesK || text.Length == 0 ? 1
            : text[text.Length - 1] switch
            {
                'k' or 'K' => K,
                'm' or 'M' => K * K,
                _ => 1,
            };
        var reading = NumericValue.ReadText(factor == 1 ? text : text.Substring(0, text.Length - 1).TrimEnd(), out number);
        number = reading == NumericReading.Number && number < decimal.MaxValue / factor ? number * factor : number;
        return reading;
    }
}
