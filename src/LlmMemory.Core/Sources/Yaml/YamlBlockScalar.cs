using System;
using System.Text;

namespace LlmMemory.Sources.Yaml;

/// <summary>
/// Texts of several lines: behind <c>|</c> as they are, behind <c>&gt;</c> with their lines joined; <c>-</c> takes the
/// last end of line away, <c>+</c> keeps all of them.
/// </summary>
internal static class YamlBlockScalar
{
    /// <summary>Reads a text.</summary>
    /// <param name="cursor">Stands at its mark; then at the end of its last line.</param>
    /// <param name="indentation">The indentation of the collection that it stands in.</param>
    public static string Read(YamlCursor cursor, int indentation)
    {
        var isFolded = cursor.Current == '>';
        cursor.Advance();
        var (width, chomping) = ReadHeader(cursor);
        cursor.FinishLine();
        var outside = Math.Max(indentation, 0);
        var column = width > 0 ? outside + width : FindIndentation(cursor, indentation + 1);
        var text = new StringBuilder();
        var (emptyLines, wasPlain) = (0, false);
        while (NextLine(cursor, column) is { } line)
        {
            if (line.Length == 0)
            {
                emptyLines++;
                continue;
            }

            var isPlain = !YamlCursor.IsBlank(line[0]);
            AppendBreaks(text, emptyLines, isFolded && isPlain && wasPlain);
            text.Append(line);
            (emptyLines, wasPlain) = (0, isPlain);
        }

        // The last line of a file may have no end.
        var hasLastEnd = emptyLines > 0 || !cursor.IsAtEnd;
        return Chomp(text, emptyLines, hasLastEnd ? 1 : 0, chomping);
    }

    private static (int Width, char Chomping) ReadHeader(YamlCursor cursor)
    {
        var (width, chomping) = (0, ' ');
        while (cursor.Current is '+' or '-' or (>= '1' and <= '9'))
        {
            if (cursor.Current is '+' or '-')
            {
                chomping = cursor.Current;
            }
            else
            {
                width = cursor.Current - '0';
            }

            cursor.Advance();
        }

        return (width, chomping);
    }

    // Between two lines there is one end of line, and one for each empty line; folding makes a space of the first.
    private static void AppendBreaks(StringBuilder text, int emptyLines, bool isFolded)
    {
        if (text.Length == 0)
        {
            text.Append('\n', emptyLines);
        }
        else if (isFolded)
        {
            YamlFolding.Append(text, emptyLines);
        }
        else
        {
            text.Append('\n', emptyLines + 1);
        }
    }

    private static string Chomp(StringBuilder text, int emptyLines, int lastEnd, char chomping)
    {
        return chomping switch
        {
            '-' => text.ToString(),
            '+' => text.Append('\n', text.Length == 0 ? emptyLines : emptyLines + lastEnd).ToString(),
            _ => text.Length == 0 ? string.Empty : text.Append('\n', lastEnd).ToString(),
        };
    }

    // The indentation of the first line that says something; where none does, all spaces of the longest.
    private static int FindIndentation(YamlCursor cursor, int least)
    {
        var (position, column) = (cursor.Position, cursor.Column);
        var found = 0;
        while (!cursor.IsAtEnd)
        {
            cursor.SkipLineEnd();
            cursor.SkipSpaces();
            if (!cursor.IsAtEnd && !cursor.IsAtLineEnd)
            {
                found = cursor.Column;
                break;
            }

            found = Math.Max(found, cursor.Column);
        }

        cursor.MoveTo(position, column);
        return Math.Max(Math.Max(found, least), 1);
    }

    // The next line without its indentation, null where the text is over; the cursor then stays.
    private static string? NextLine(YamlCursor cursor, int column)
    {
        if (cursor.IsAtEnd)
        {
            return null;
        }

        var (position, start) = (cursor.Position, cursor.Column);
        cursor.SkipLineEnd();
        while (cursor.Column < column && cursor.Current == ' ')
        {
            cursor.Advance();
        }

        if (cursor.IsAtEnd || (cursor.Column < column && !cursor.IsAtLineEnd))
        {
            cursor.MoveTo(position, start);
            return null;
        }

        var first = cursor.Position;
        cursor.SkipLine();
        return cursor.Text(first, cursor.Position);
    }
}
