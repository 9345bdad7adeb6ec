namespace LlmMemory.Json;

/// <summary>
/// Reads a JSON document (RFC 8259) token by token from bytes that lie in memory. It allocates only the texts that are
/// asked for, its state is bounded by <see cref="MaxDepth"/>, and every error names its byte.
/// </summary>
/// <remarks>
/// The framework's own JsonReaderWriterFactory was measured first: it takes <c>{"a":1}{"b":2}</c> for one object and
/// <c>01</c>, <c>--1</c> and <c>1.5.2</c> for numbers, merges repeated names, and knows no offset. Model files are
/// untrusted, so each of these must be an error that names its place. One addition to the standard: Python writes
/// NaN, Infinity and -Infinity, and real configurations hold them (Mamba's <c>time_step_limit</c>).
/// </remarks>
internal sealed class JsonTokenizer
{
    /// <summary>Objects and arrays within each other; deeper documents are refused.</summary>
    public const int MaxDepth = 64;

    private const char MaxAscii = '\u007f';

    private readonly byte[] _bytes;
    private readonly int _end;
    private readonly bool[] _isObject = new bool[MaxDepth];
    private int _position;
    private int _depth;
    private bool _afterValue;
    private bool _afterName;
    private int _valueStart;
    private int _valueEnd;
    private bool _hasEscape;

    /// <summary>Stands before the first token.</summary>
    /// <param name="bytes">The document in UTF-8.</param>
    /// <param name="offset">Where it starts.</param>
    /// <param name="count">How many bytes it has.</param>
    public JsonTokenizer(byte[] bytes, int offset, int count)
    {
        _bytes = bytes;
        _position = offset;
        _end = offset + count;
        var hasMark = count >= 3 && bytes[offset] == 0xEF && bytes[offset + 1] == 0xBB && bytes[offset + 2] == 0xBF;
        _position += hasMark ? 3 : 0;
    }

    /// <summary>What the tokenizer stands on.</summary>
    public JsonTokenKind Kind { get; private set; }

    /// <summary>The byte at which the token starts.</summary>
    public int Offset { get; private set; }

    /// <summary>How many objects and arrays are open.</summary>
    public int Depth => _depth;

    /// <summary>Moves to the next token.</summary>
    /// <returns>False at the end of the document.</returns>
    /// <exception cref="JsonFormatException">The document is no JSON.</exception>
    public bool Read()
    {
        SkipBlanks();
        Offset = _position;
        if (_position == _end)
        {
            return _depth == 0 && _afterValue ? Finish() : throw Error("the document ends too early");
        }

        if (_depth == 0 && _afterValue)
        {
            throw Error("something follows the document");
        }

        ReadNext(_bytes[_position]);
        return true;
    }

    /// <summary>Skips the value that the tokenizer stands on, with all that is in it.</summary>
    public void Skip()
    {
        if (Kind == JsonTokenKind.Name)
        {
            Read();
        }

        if (Kind is JsonTokenKind.ObjectStart or JsonTokenKind.ArrayStart)
        {
            var outside = _depth - 1;
            while (_depth > outside)
            {
                Read();
            }
        }
    }

    /// <summary>The token's text: a name, a text, or a number as it is written.</summary>
    /// <exception cref="JsonFormatException">The text is not UTF-8, or holds a wrong escape.</exception>
    public string GetText()
    {
        return JsonString.Decode(_bytes, _valueStart, _valueEnd, _hasEscape);
    }

    /// <summary>True where the token's text is this one: <see cref="GetText"/> without making a text of it.</summary>
    /// <param name="text">Plain letters of ASCII; a text with others is never found.</param>
    /// <exception cref="JsonFormatException">As <see cref="GetText"/>.</exception>
    public bool IsText(string text)
    {
        return _hasEscape ? GetText() == text : _valueEnd - _valueStart == text.Length && StandsAt(_valueStart, text);
    }

    /// <summary>Reads the token as a whole number of 64 bits.</summary>
    /// <param name="number">The number.</param>
    /// <returns>False for anything else: a text, a fraction, a number too large.</returns>
    public bool TryGetInt64(out long number)
    {
        number = 0;
        return Kind == JsonTokenKind.Number && JsonNumber.TryGetInt64(_bytes, _valueStart, _valueEnd, out number);
    }

    private bool Finish()
    {
        Kind = JsonTokenKind.End;
        return false;
    }

    private void ReadNext(byte first)
    {
        if (first is (byte)'}' or (byte)']')
        {
            Close(first);
            return;
        }

        if (_afterValue)
        {
            ExpectComma(first);
            first = _bytes[_position];
        }

        var expectsName = _depth > 0 && _isObject[_depth - 1] && !_afterName;
        if (expectsName)
        {
            ReadName(first);
        }
        else
        {
            _afterName = false;
            ReadValue(first);
        }
    }

    private void ExpectComma(byte found)
    {
        if (found != (byte)',')
        {
            throw Error("a comma is missing");
        }

        _position++;
        SkipBlanks();
        Offset = _position;
        _afterValue = false;
        if (_position == _end || _bytes[_position] is (byte)'}' or (byte)']' or (byte)',')
        {
            throw Error("a value is missing after a comma");
        }
    }

    private void Close(byte bracket)
    {
        var isObject = bracket == (byte)'}';
        if (_depth == 0 || _isObject[_depth - 1] != isObject || _afterName)
        {
            throw Error($"'{(char)bracket}' does not belong here");
        }

        _position++;
        _depth--;
        _afterValue = true;
        Kind = isObject ? JsonTokenKind.ObjectEnd : JsonTokenKind.ArrayEnd;
    }

    private void ReadName(byte first)
    {
        if (first != (byte)'"')
        {
            throw Error("a name in quotation marks is missing");
        }

        ReadQuoted();
        SkipBlanks();
        if (_position == _end || _bytes[_position] != (byte)':')
        {
            throw Error("a colon is missing after a name");
        }

        _position++;
        _afterName = true;
        Kind = JsonTokenKind.Name;
    }

    private void ReadValue(byte first)
    {
        switch (first)
        {
            case (byte)'{':
                Open(JsonTokenKind.ObjectStart);
                return;
            case (byte)'[':
                Open(JsonTokenKind.ArrayStart);
                return;
            case (byte)'"':
                ReadQuoted();
                Kind = JsonTokenKind.Text;
                break;
            case (byte)'t':
                ReadWord("true", JsonTokenKind.True);
                break;
            case (byte)'f':
                ReadWord("false", JsonTokenKind.False);
                break;
            case (byte)'n':
                ReadWord("null", JsonTokenKind.Null);
                break;
            default:
                ReadNumber();
                break;
        }

        _afterValue = true;
    }

    private void Open(JsonTokenKind kind)
    {
        if (_depth == MaxDepth)
        {
            throw Error($"more than {MaxDepth} objects and arrays lie within each other");
        }

        _position++;
        _isObject[_depth++] = kind == JsonTokenKind.ObjectStart;
        Kind = kind;
    }

    private void ReadQuoted()
    {
        _valueStart = ++_position;
        _hasEscape = JsonString.Skip(_bytes, _end, ref _position);
        _valueEnd = _position - 1;
    }

    private void ReadWord(string word, JsonTokenKind kind)
    {
        if (!TryReadWord(word))
        {
            throw Error("no JSON value starts like this");
        }

        Kind = kind;
    }

    private bool TryReadWord(string word)
    {
        if (_end - _position < word.Length || !StandsAt(_position, word))
        {
            return false;
        }

        _valueStart = _position;
        _position += word.Length;
        _valueEnd = _position;
        _hasEscape = false;
        return true;
    }

    private bool StandsAt(int position, string word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (_bytes[position + i] != word[i] || word[i] > MaxAscii)
            {
                return false;
            }
        }

        return true;
    }

    private void ReadNumber()
    {
        Kind = JsonTokenKind.Number;
        if (TryReadWord("NaN") || TryReadWord("Infinity") || TryReadWord("-Infinity"))
        {
            return;
        }

        _hasEscape = false;
        _valueStart = _position;
        JsonNumber.Skip(_bytes, _end, ref _position);
        _valueEnd = _position;
    }

    private void SkipBlanks()
    {
        while (_position < _end && _bytes[_position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _position++;
        }
    }

    private JsonFormatException Error(string message)
    {
        return new JsonFormatException(_position, message);
    }
}
