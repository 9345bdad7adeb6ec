using System;
using System.Globalization;
using System.Text;

namespace LlmMemory.Json;

/// <summary>Texts of a JSON document (RFC 8259, section 7): where they end, and what they say.</summary>
internal static class JsonString
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Passes a text in quotation marks.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="end">Where the document ends.</param>
    /// <param name="position">The first byte after the opening mark; then the first one after the closing mark.</param>
    /// <returns>True where the text holds escapes.</returns>
    /// <exception cref="JsonFormatException">The text has no end, or holds a control character.</exception>
    public static bool Skip(byte[] bytes, int end, ref int position)
    {
        // A header is texts for the most part, so this runs once for nearly each of its bytes.
        var hasEscape = false;
        var at = position;
        while (at < end && bytes[at] is var letter && letter != (byte)'"')
        {
            if (letter < 0x20)
            {
                throw new JsonFormatException(at, "a text holds a control character");
            }

            var isEscape = letter == (byte)'\\';
            hasEscape |= isEscape;
            at += isEscape ? 2 : 1;
        }

        position = at < end ? at + 1 : throw new JsonFormatException(end, "a text has no end");
        return hasEscape;
    }

    /// <summary>What the bytes of a text say.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="start">Where the text starts, after its mark.</param>
    /// <param name="end">Where it ends, before its mark.</param>
    /// <param name="hasEscape">True where it holds escapes.</param>
    /// <exception cref="JsonFormatException">The text is not UTF-8, or holds a wrong escape.</exception>
    public static string Decode(byte[] bytes, int start, int end, bool hasEscape)
    {
        try
        {
            return hasEscape ? Unescape(bytes, start, end) : StrictUtf8.GetString(bytes, start, end - start);
        }
        catch (ArgumentException)
        {
            // DecoderFallbackException: the encoding was told to throw.
            throw new JsonFormatException(end, "a text is not valid UTF-8");
        }
    }

    private static string Unescape(byte[] bytes, int start, int end)
    {
        var text = new StringBuilder(end - start);
        var plainStart = start;
        var at = start;
        while (at < end)
        {
            if (bytes[at] != (byte)'\\')
            {
                at++;
                continue;
            }

            text.Append(StrictUtf8.GetString(bytes, plainStart, at - plainStart));
            at = AppendEscaped(text, bytes, at + 1, end);
            plainStart = at;
        }

        return text.Append(StrictUtf8.GetString(bytes, plainStart, at - plainStart)).ToString();
    }

    private static int AppendEscaped(StringBuilder text, byte[] bytes, int at, int end)
    {
        const string Letters = "\"\\/bfnrt";
        const string Meanings = "\"\\/\b\f\n\r\t";
        var letter = Letters.IndexOf((char)bytes[at]);
        if (letter >= 0)
        {
            text.Append(Meanings[letter]);
            return at + 1;
        }

        var isHex = bytes[at] == (byte)'u' && end - at >= 5;
        if (!isHex || !ushort.TryParse(
            Encoding.ASCII.GetString(bytes, at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            throw new JsonFormatException(end, "a text holds an escape that JSON does not know");
        }

        text.Append((char)unit);
        return at + 5;
    }
}
