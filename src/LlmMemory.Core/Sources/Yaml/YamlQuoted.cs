using System.Globalization;
using System.Text;

namespace LlmMemory.Sources.Yaml;

/// <summary>Scalars in quotation marks: single ones know a doubled mark alone, double ones know escapes.</summary>
internal static class YamlQuoted
{
    /// <summary>Reads a scalar.</summary>
    /// <param name="cursor">Stands at the opening mark; then behind the closing one.</param>
    public static string Read(YamlCursor cursor)
    {
        var mark = cursor.Current;
        var start = cursor.Position;
        var text = new StringBuilder();
        cursor.Advance();
        while (!cursor.IsAtEnd)
        {
            if (cursor.Current == mark)
            {
                cursor.Advance();
                if (mark == '"' || cursor.Current != mark)
                {
                    return text.ToString();
                }

                text.Append(mark);
                cursor.Advance();
            }
            else
            {
                ReadPart(cursor, text, mark);
            }
        }

        throw new YamlFormatException(start, "a text in quotation marks has no end");
    }

    /// <summary>Where it ends if that is on this line: behind the closing mark; -1 otherwise.</summary>
    public static int EndOnLine(YamlCursor cursor)
    {
        var mark = cursor.Current;
        for (var at = cursor.Position + 1; !cursor.IsLineEnd(at); at++)
        {
            if (cursor.At(at) == mark)
            {
                if (mark == '"' || cursor.At(at + 1) != mark)
                {
                    return at + 1;
                }

                at++;
            }
            else if (mark == '"' && cursor.At(at) == '\\')
            {
                at++;
            }
        }

        return -1;
    }

    private static void ReadPart(YamlCursor cursor, StringBuilder text, char mark)
    {
        if (cursor.IsAtLineEnd)
        {
            YamlFolding.Append(text, YamlFolding.PassLines(cursor));
        }
        else if (mark == '"' && cursor.Current == '\\')
        {
            cursor.Advance();
            ReadEscape(cursor, text);
        }
        else
        {
            ReadLetters(cursor, text, mark);
        }
    }

    // Blanks before the end of a line are not part of the text.
    private static void ReadLetters(YamlCursor cursor, StringBuilder text, char mark)
    {
        var (start, end) = (cursor.Position, cursor.Position);
        while (!cursor.IsAtLineEnd && cursor.Current != mark && !(mark == '"' && cursor.Current == '\\'))
        {
            end = YamlCursor.IsBlank(cursor.Current) ? end : cursor.Position + 1;
            cursor.Advance();
        }

        text.Append(cursor.Text(start, cursor.IsAtLineEnd ? end : cursor.Position));
    }

    private static void ReadEscape(YamlCursor cursor, StringBuilder text)
    {
        const string Letters = "0abt\tnvfre \"/\\N_LP";
        const string Meanings = "\0\a\b\t\t\n\v\f\r\u001b \"/\\\u0085\u00a0\u2028\u2029";
        if (cursor.IsAtLineEnd && !cursor.IsAtEnd)
        {
            // The line goes on as if it had not ended; empty lines still are ends of lines.
            text.Append('\n', YamlFolding.PassLines(cursor));
            return;
        }

        var letter = cursor.IsAtEnd ? -1 : Letters.IndexOf(cursor.Current);
        if (letter >= 0)
        {
            text.Append(Meanings[letter]);
            cursor.Advance();
            return;
        }

        ReadCodePoint(cursor, text);
    }

    private static void ReadCodePoint(YamlCursor cursor, StringBuilder text)
    {
        var length = cursor.Current switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        var digits = new StringBuilder(length);
        for (var i = 1; i <= length; i++)
        {
            digits.Append(cursor.At(cursor.Position + i));
        }

        if (length == 0 || !int.TryParse(digits.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point)
            || point is < 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
        {
            throw cursor.Error("a text holds an escape that YAML does not know");
        }

        text.Append(char.ConvertFromUtf32(point));
        cursor.Advance(length + 1);
    }
}
