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
