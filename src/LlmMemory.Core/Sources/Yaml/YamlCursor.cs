using System.Text;

namespace LlmMemory.Sources.Yaml;

/// <summary>A place in a YAML document, and what every part of its grammar does there: pass blanks, comments, lines.</summary>
internal sealed class YamlCursor
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly byte[] _bytes;
    private int _lineStart;

    /// <summary>Stands at the document's first byte, after the mark of UTF-8 where there is one.</summary>
    /// <param name="bytes">The document in UTF-8.</param>
    /// <exception cref="YamlFormatException">It is not UTF-8, or holds a character that YAML does not allow.</exception>
    public YamlCursor(byte[] bytes)
    {
        _bytes = bytes;
        EnsureCharacters();
        var hasMark = bytes.Length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF;
        Position = hasMark ? 3 : 0;
        _lineStart = Position;
    }

    /// <summary>The byte that the cursor stands on.</summary>
    public int Position { get; private set; }

    /// <summary>How far that is from the start of its line.</summary>
    public int Column => Position - _lineStart;

    /// <summary>True behind the last byte.</summary>
    public bool IsAtEnd => Position >= _bytes.Length;

    /// <summary>True at a line's end, or the document's.</summary>
    public bool IsAtLineEnd => IsLineEnd(Position);

    /// <summary>The byte at the cursor; 0 behind the last one, which no document holds.</summary>
    public char Current => At(Position);

    /// <summary>The byte after it.</summary>
    public char Next => At(Position + 1);

    /// <summary>True where the byte after the cursor is a blank, or none.</summary>
    public bool IsBlankNext => IsBlank(Next) || IsLineEnd(Position + 1);

    /// <summary>True where a document begins or ends: <c>---</c> or <c>...</c> on a line of its own.</summary>
    public bool IsAtMarker => Column == 0 && (Starts("---") || Starts("...")) && (IsBlank(At(Position + 3)) || IsLineEnd(Position + 3));

    /// <summary>True for a space or a tab.</summary>
    public static bool IsBlank(char letter)
    {
        return letter is ' ' or '\t';
    }

    /// <summary>The byte at a place; 0 behind the last one.</summary>
    public char At(int position)
    {
        return position < _bytes.Length ? (char)_bytes[position] : '\0';
    }

    /// <summary>True where a line ends at a place, or the document.</summary>
    public bool IsLineEnd(int position)
    {
        return position >= _bytes.Length || At(position) is '\n' or '\r';
    }

    /// <summary>True where a comment begins at a place: after a blank, or at the start of a line.</summary>
    public bool IsComment(int position)
    {
        return At(position) == '#' && (position == _lineStart || IsBlank(At(position - 1)));
    }

    /// <summary>Moves on within a line.</summary>
    public void Advance(int count = 1)
    {
        Position += count;
    }

    /// <summary>Goes back to a place on the line that the cursor is on, or to the start of another.</summary>
    public void MoveTo(int position, int column)
    {
        Position = position;
        _lineStart = position - column;
    }

    /// <summary>Passes spaces and tabs.</summary>
    public void SkipBlanks()
    {
        while (IsBlank(Current))
        {
            Position++;
        }
    }

    /// <summary>Passes the end of a line: LF, CR, or both together.</summary>
    public void SkipLineEnd()
    {
        if (IsAtEnd)
        {
            return;
        }

        Position += Current == '\r' && Next == '\n' ? 2 : 1;
        _lineStart = Position;
    }

    /// <summary>Passes what may stand after a value on its line: blanks and a comment.</summary>
    /// <exception cref="YamlFormatException">Something else stands there.</exception>
    public void FinishLine()
    {
        SkipBlanks();
        SkipComment();
        if (!IsAtLineEnd)
        {
            throw Error("something follows a value on its line");
        }
    }

    /// <summary>Passes empty lines and comments, up to the first thing that is said.</summary>
    /// <exception cref="YamlFormatException">Its line is indented with tabs.</exception>
    public void SkipToContent()
    {
        while (!IsAtEnd)
        {
            SkipSpaces();
            var indentation = Position;
            SkipBlanks();
            SkipComment();
            if (!IsAtLineEnd)
            {
                if (At(indentation) == '\t')
                {
                    Position = indentation;
                    throw Error("a line is indented with a tab, and YAML takes spaces alone");
                }

                return;
            }

            SkipLineEnd();
        }
    }

    /// <summary>Passes blanks, lines and comments inside of brackets.</summary>
    public void SkipSpace()
    {
        while (!IsAtEnd)
        {
            SkipBlanks();
            SkipComment();
            if (!IsAtLineEnd)
            {
                return;
            }

            SkipLineEnd();
        }
    }

    /// <summary>Passes the rest of the line.</summary>
    public void SkipLine()
    {
        while (!IsAtLineEnd)
        {
            Position++;
        }
    }

    /// <summary>Passes spaces.</summary>
    public void SkipSpaces()
    {
        while (Current == ' ')
        {
            Position++;
        }
    }

    /// <summary>What the bytes between two places say.</summary>
    public string Text(int start, int end)
    {
        return StrictUtf8.GetString(_bytes, start, end - start);
    }

    /// <summary>The error of what stands at the cursor.</summary>
    public YamlFormatException Error(string message)
    {
        return new YamlFormatException(Position, message);
    }

    private void SkipComment()
    {
        if (IsComment(Position))
        {
            SkipLine();
        }
    }

    private bool Starts(string text)
    {
        return At(Position) == text[0] && At(Position + 1) == text[1] && At(Position + 2) == text[2];
    }

    private void EnsureCharacters()
    {
        try
        {
            StrictUtf8.GetCharCount(_bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw new YamlFormatException(System.Math.Max(error.Index, 0), "it is not valid UTF-8");
        }

        for (var i = 0; i < _bytes.Length; i++)
        {
            if (_bytes[i] is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r') or 0x7F)
            {
                throw new YamlFormatException(i, "it holds a control character");
            }
        }
    }
}
