namespace LlmMemory.Json;

/// <summary>Numbers of a JSON document (RFC 8259, section 6): where they end.</summary>
internal static class JsonNumber
{
    /// <summary>Passes a number.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="end">Where the document ends.</param>
    /// <param name="position">The number's first byte; then the first one after it.</param>
    /// <exception cref="JsonFormatException">It is no number.</exception>
    public static void Skip(byte[] bytes, int end, ref int position)
    {
        position += NextIs(bytes, end, position, '-') ? 1 : 0;
        var startsWithZero = NextIs(bytes, end, position, '0');
        if (SkipDigits(bytes, end, ref position) > 1 && startsWithZero)
        {
            throw new JsonFormatException(position, "a number starts with a zero");
        }

        if (NextIs(bytes, end, position, '.'))
        {
            position++;
            SkipDigits(bytes, end, ref position);
        }

        if (NextIs(bytes, end, position, 'e') || NextIs(bytes, end, position, 'E'))
        {
            position++;
            position += NextIs(bytes, end, position, '+') || NextIs(bytes, end, position, '-') ? 1 : 0;
            SkipDigits(bytes, end, ref position);
        }
    }

    /// <summary>The value of a whole number of 64 bits.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="start">The number's first byte.</param>
    /// <param name="end">The first one after it.</param>
    /// <param name="value">The value.</param>
    /// <returns>False for a fraction, an exponent, or a number too large.</returns>
    public static bool TryGetInt64(byte[] bytes, int start, int end, out long value)
    {
        // Counted below zero, where there is room for one number more.
        value = 0;
        var isNegative = bytes[start] == (byte)'-';
        for (var i = isNegative ? start + 1 : start; i < end; i++)
        {
            var digit = bytes[i] - (byte)'0';
            if (digit is < 0 or > 9 || value < (long.MinValue + digit) / 10)
            {
                return false;
            }

            value = (value * 10) - digit;
        }

        var fits = isNegative || value > long.MinValue;
        value = isNegative || !fits ? value : -value;
        return fits;
    }

    private static int SkipDigits(byte[] bytes, int end, ref int position)
    {
        var start = position;
        while (position < end && bytes[position] is >= (byte)'0' and <= (byte)'9')
        {
            position++;
        }

        return position > start ? position - start : throw new JsonFormatException(position, "no JSON value starts like this");
    }

    private static bool NextIs(byte[] bytes, int end, int position, char expected)
    {
        return position < end && bytes[position] == expected;
    }
}
