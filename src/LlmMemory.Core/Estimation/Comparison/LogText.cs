using System.Collections.Generic;
using System.IO;
using System.Text;
using LlmMemory.Errors;

namespace LlmMemory.Estimation.Comparison;

/// <summary>
/// Text of logs, which anybody may have written: lines of bounded length, without the codes that colour a terminal.
/// Line ends are LF, CRLF and the lone CR with which progress bars return.
/// </summary>
internal static class LogText
{
    /// <summary>The letters of a log that are read at most: what servers write in months, and seconds of reading.</summary>
    public const long MaxLength = 1L << 29;

    // The longest line that matters is a list of settings of some thousand letters.
    private const int MaxLineLength = 1 << 15;

    private const char Escape = '\u001b';

    private const char Bell = '\u0007';

    /// <summary>The lines of a text, one by one. A line's end that is too far is cut off.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What it is called.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.LogTooLarge"/>.</exception>
    public static IEnumerable<string> LinesOf(TextReader reader, string name)
    {
        var line = new StringBuilder();
        var previous = '\n';
        var length = 0L;
        for (var next = reader.Read(); next >= 0; next = reader.Read())
        {
            var letter = (char)next;
            if (++length > MaxLength)
            {
                throw LogError.TooLarge(name, MaxLength);
            }

            if (letter is '\r' or '\n')
            {
                if (letter == '\r' || previous != '\r')
                {
                    yield return line.ToString();
                    line.Clear();
                }
            }
            else if (line.Length < MaxLineLength)
            {
                line.Append(letter);
            }

            previous = letter;
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }

    /// <summary>A line without escape sequences and other control letters, not longer than a line may be.</summary>
    /// <param name="line">The line.</param>
    public static string Plain(string line)
    {
        var end = line.Length < MaxLineLength ? line.Length : MaxLineLength;
        var plain = new StringBuilder(end);
        for (var i = 0; i < end; i++)
        {
            if (line[i] == Escape)
            {
                i = EndOfSequence(line, i, end);
            }
            else if (line[i] == '\t' || !char.IsControl(line[i]))
            {
                plain.Append(line[i]);
            }
        }

        return plain.ToString();
    }

    // ECMA-48: ESC [ parameters and a letter; ESC ] text and BEL or ESC \; ESC and one letter.
    private static int EndOfSequence(string line, int start, int end)
    {
        var i = start + 1;
        if (i >= end || line[i] is not ('[' or ']'))
        {
            return i;
        }

        var isCommand = line[i] == ']';
        for (i++; i < end; i++)
        {
            if (isCommand ? line[i] is Bell or Escape : line[i] is >= '@' and <= '~')
            {
                return line[i] == Escape ? i + 1 : i;
            }
        }

        return end;
    }
}
