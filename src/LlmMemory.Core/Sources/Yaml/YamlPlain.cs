using System.Text;
using LlmMemory.Json;

namespace LlmMemory.Sources.Yaml;

/// <summary>Scalars without quotation marks.</summary>
internal static class YamlPlain
{
    /// <summary>Reads a scalar of a block; further lines that are indented deeper than the collection belong to it.</summary>
    /// <param name="cursor">Stands at its first letter; then behind its last.</param>
    /// <param name="indentation">The indentation of the collection that it stands in.</param>
    public static (JsonTokenKind Kind, string? Text) ReadInBlock(YamlCursor cursor, int indentation)
    {
        EnsureStart(cursor, isInFlow: false);
        var first = ReadLine(cursor);
        StringBuilder? folded = null;
        while (FindContinuation(cursor, indentation) is { } emptyLines)
        {
            folded ??= new StringBuilder(first);
            YamlFolding.Append(folded, emptyLines);
            folded.Append(ReadLine(cursor));
        }

        return folded is null ? YamlScalarType.Of(first) : (JsonTokenKind.Text, folded.ToString());
    }

    /// <summary>Reads a scalar inside of brackets, where commas and brackets end it.</summary>
    /// <param name="cursor">Stands at its first letter; then behind its last.</param>
    public static (JsonTokenKind Kind, string? Text) ReadInFlow(YamlCursor cursor)
    {
        EnsureStart(cursor, isInFlow: true);
        var first = ReadFlowLine(cursor);
        StringBuilder? folded = null;
        while (cursor.IsAtLineEnd && !cursor.IsAtEnd)
        {
            var emptyLines = YamlFolding.PassLines(cursor);
            if (cursor.IsAtEnd || cursor.Current == '#' || EndsInFlow(cursor, cursor.Position))
            {
                break;
            }

            folded ??= new StringBuilder(first);
            YamlFolding.Append(folded, emptyLines);
            folded.Append(ReadFlowLine(cursor));
        }

        return folded is null ? YamlScalarType.Of(first) : (JsonTokenKind.Text, folded.ToString());
    }

    /// <summary>Where a plain scalar of a block ends on this line: before a colon, a comment or blanks.</summary>
    public static int EndOnLine(YamlCursor cursor)
    {
        var (at, end) = (cursor.Position, cursor.Position);
        while (!cursor.IsLineEnd(at) && !IsColon(cursor, at) && !cursor.IsComment(at))
        {
            end = YamlCursor.IsBlank(cursor.At(at)) ? end : at + 1;
            at++;
        }

        return end;
    }

    /// <summary>Refuses what a plain scalar cannot begin with, by what it means in YAML.</summary>
    public static void EnsureStart(YamlCursor cursor, bool isInFlow)
    {
        var problem = cursor.Current switch
        {
            '&' or '*' => "anchors and aliases (& and *) are not read: write the value out",
            '!' => "tags (!) are not read",
            '|' or '>' when isInFlow => "a text of several lines cannot stand inside of brackets",
            '%' or '@' or '`' or ',' or ']' or '}' or '|' or '>' or '#' => $"no value begins with '{cursor.Current}' unless in quotation marks",
            '?' or ':' or '-' when cursor.IsBlankNext => $"no value begins with '{cursor.Current}' and a blank",
            _ => null,
        };
        if (problem is not null)
        {
            throw cursor.Error(problem);
        }
    }

    private static string ReadLine(YamlCursor cursor)
    {
        var (start, end) = (cursor.Position, EndOnLine(cursor));
        cursor.Advance(end - start);
        cursor.SkipBlanks();
        return IsColon(cursor, cursor.Position) ? throw cursor.Error("a value holds a colon and a blank after it: put it in quotation marks") : cursor.Text(start, end);
    }

    private static string ReadFlowLine(YamlCursor cursor)
    {
        var start = cursor.Position;
        var end = start;
        while (!cursor.IsAtLineEnd && !cursor.IsComment(cursor.Position) && !EndsInFlow(cursor, cursor.Position))
        {
            end = YamlCursor.IsBlank(cursor.Current) ? end : cursor.Position + 1;
            cursor.Advance();
        }

        return cursor.Text(start, end);
    }

    private static bool EndsInFlow(YamlCursor cursor, int at)
    {
        return IsFlowMark(cursor.At(at)) || IsColon(cursor, at) || (cursor.At(at) == ':' && IsFlowMark(cursor.At(at + 1)));
    }

    private static bool IsFlowMark(char letter)
    {
        return letter is ',' or '[' or ']' or '{' or '}';
    }

    private static bool IsColon(YamlCursor cursor, int at)
    {
        return cursor.At(at) == ':' && (YamlCursor.IsBlank(cursor.At(at + 1)) || cursor.IsLineEnd(at + 1));
    }

    // The empty lines before a further line of the scalar, null where it is over; the cursor then stays.
    private static int? FindContinuation(YamlCursor cursor, int indentation)
    {
        if (!cursor.IsAtLineEnd || cursor.IsAtEnd)
        {
            return null;
        }

        var (position, column) = (cursor.Position, cursor.Column);
        var emptyLines = YamlFolding.PassLines(cursor);
        if (!cursor.IsAtEnd && cursor.Column > indentation && cursor.Current != '#' && !cursor.IsAtMarker)
        {
            return emptyLines;
        }

        cursor.MoveTo(position, column);
        return null;
    }
}
