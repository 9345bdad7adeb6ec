namespace LlmMemory.Sources.Yaml;

/// <summary>Keys of block mappings: one line, plain or quoted, a colon, and a blank or nothing.</summary>
internal static class YamlKeys
{
    // What the specification allows for a key without a mark before it.
    private const int MaxLength = 1024;

    /// <summary>True where a key stands at the cursor.</summary>
    public static bool IsAhead(YamlCursor cursor)
    {
        var (position, column) = (cursor.Position, cursor.Column);
        if (cursor.Current is '[' or '{')
        {
            return false;
        }

        EnsurePlainMapping(cursor);
        var isQuoted = cursor.Current is '"' or '\'';
        var end = isQuoted ? YamlQuoted.EndOnLine(cursor) : YamlPlain.EndOnLine(cursor);
        while (end >= 0 && YamlCursor.IsBlank(cursor.At(end)))
        {
            end++;
        }

        cursor.MoveTo(position, column);
        return end >= 0 && cursor.At(end) == ':' && (YamlCursor.IsBlank(cursor.At(end + 1)) || cursor.IsLineEnd(end + 1));
    }

    /// <summary>Reads a key that is there, and passes its colon.</summary>
    public static string Read(YamlCursor cursor)
    {
        var start = cursor.Position;
        string key;
        if (cursor.Current is '"' or '\'')
        {
            key = YamlQuoted.Read(cursor);
        }
        else
        {
            YamlPlain.EnsureStart(cursor, isInFlow: false);
            var end = YamlPlain.EndOnLine(cursor);
            key = cursor.Text(start, end);
            cursor.Advance(end - start);
        }

        if (key.Length > MaxLength)
        {
            throw new YamlFormatException(start, $"a key has more than {MaxLength} letters");
        }

        if (key == "<<")
        {
            throw new YamlFormatException(start, "merging (<<) is not read: write the keys out");
        }

        cursor.SkipBlanks();
        cursor.Advance();
        return key;
    }

    private static void EnsurePlainMapping(YamlCursor cursor)
    {
        if (cursor.Current == '?' && cursor.IsBlankNext)
        {
            throw cursor.Error("a key behind a question mark is not read");
        }
    }
}
