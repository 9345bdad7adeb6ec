using System.Text;

namespace LlmMemory.Sources.Yaml;

/// <summary>How the lines of one scalar become one text: an end of line is a space, an empty line an end of line.</summary>
internal static class YamlFolding
{
    /// <summary>Passes the end of a line, empty lines, and the blanks before the next thing.</summary>
    /// <returns>The empty lines.</returns>
    public static int PassLines(YamlCursor cursor)
    {
        var ends = 0;
        while (cursor.IsAtLineEnd && !cursor.IsAtEnd)
        {
            cursor.SkipLineEnd();
            cursor.SkipBlanks();
            ends++;
        }

        return ends - 1;
    }

    /// <summary>Writes what lies between two lines.</summary>
    public static void Append(StringBuilder text, int emptyLines)
    {
        if (emptyLines > 0)
        {
            text.Append('\n', emptyLines);
        }
        else
        {
            text.Append(' ');
        }
    }
}
