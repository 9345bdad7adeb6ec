using LlmMemory.Errors;
using LlmMemory.Json;

namespace LlmMemory.Sources.Yaml;

/// <summary>
/// Reads a YAML document into the same small documents as JSON: mappings, lists and scalars in block and flow form. The
/// subset is stated in docs/training.md#yaml: anchors, aliases, tags, directives, complex keys and several documents are
/// refused. Sources: yaml.org/spec/1.2.2; types of scalars as yaml/pyyaml lib/yaml/resolver.py has them, which the
/// frameworks read with.
/// </summary>
internal sealed class YamlBlockReader
{
    /// <summary>Collections within each other; deeper documents are refused.</summary>
    public const int MaxDepth = JsonTokenizer.MaxDepth;

    private const int RootIndentation = -1;

    private readonly YamlCursor _cursor;
    private readonly YamlFlowReader _flow;
    private readonly YamlBudget _budget = new();

    private YamlBlockReader(YamlCursor cursor)
    {
        _cursor = cursor;
        _flow = new YamlFlowReader(cursor, _budget);
    }

    /// <summary>Reads a document.</summary>
    /// <param name="bytes">The document in UTF-8.</param>
    /// <exception cref="YamlFormatException">It is no YAML, or none of the subset.</exception>
    public static JsonNode Read(byte[] bytes)
    {
        return new YamlBlockReader(new YamlCursor(bytes)).ReadDocument();
    }

    private JsonNode ReadDocument()
    {
        _cursor.SkipToContent();
        if (_cursor.Current == '%')
        {
            throw _cursor.Error("a directive (%) is not read");
        }

        if (_cursor.IsAtMarker && _cursor.Current == '-')
        {
            _cursor.Advance(3);
            _cursor.FinishLine();
            _cursor.SkipToContent();
        }

        var root = EndsHere() ? JsonNode.Root(JsonTokenKind.Null, null, _cursor.Position) : ReadNode(new YamlPlace(null, null), RootIndentation);
        _cursor.SkipToContent();
        if (_cursor.IsAtMarker && _cursor.Current == '.')
        {
            _cursor.Advance(3);
            _cursor.FinishLine();
            _cursor.SkipToContent();
        }

        return _cursor.IsAtEnd ? root : throw _cursor.Error(
            _cursor.IsAtMarker ? "a second document begins" : "a line is indented as no line above it");
    }

    // A value that may be a collection of its own: at the start of a line, or after a dash.
    private JsonNode ReadNode(YamlPlace place, int indentation)
    {
        if (_cursor.Current == '-' && _cursor.IsBlankNext)
        {
            return ReadSequence(place);
        }

        return YamlKeys.IsAhead(_cursor) ? ReadMapping(place) : ReadValue(place, indentation);
    }

    private JsonNode ReadMapping(YamlPlace place)
    {
        var (column, mapping) = (_cursor.Column, Open(place, JsonTokenKind.ObjectStart));
        do
        {
            var start = _cursor.Position;
            var key = YamlKeys.Read(_cursor);
            if (mapping.Members.ContainsKey(key))
            {
                throw new YamlFormatException(start, $"the key {Quoted.Value(key)} stands there twice");
            }

            ReadMember(new YamlPlace(mapping, key), column);
            _cursor.SkipToContent();
        }
        while (GoesOn(column) && (YamlKeys.IsAhead(_cursor) ? true : throw _cursor.Error("a key with a colon and a blank after it is missing")));

        _budget.Close();
        return mapping;
    }

    private void ReadMember(YamlPlace place, int column)
    {
        _cursor.SkipBlanks();
        if (!_cursor.IsAtLineEnd && !_cursor.IsComment(_cursor.Position))
        {
            EnsureNoCollection();
            ReadValue(place, column);
            return;
        }

        _cursor.FinishLine();
        _cursor.SkipToContent();
        var isDash = !EndsHere() && _cursor.Current == '-' && _cursor.IsBlankNext;
        if (!EndsHere() && (_cursor.Column > column || (_cursor.Column == column && isDash)))
        {
            ReadNode(place, column);
        }
        else
        {
            Add(place, JsonTokenKind.Null, null, _cursor.Position);
        }
    }

    private JsonNode ReadSequence(YamlPlace place)
    {
        var (column, sequence) = (_cursor.Column, Open(place, JsonTokenKind.ArrayStart));
        do
        {
            _cursor.Advance();
            ReadItem(new YamlPlace(sequence, null), column);
            _cursor.SkipToContent();
        }
        while (GoesOn(column) && _cursor.Current == '-' && _cursor.IsBlankNext);

        _budget.Close();
        return sequence;
    }

    private void ReadItem(YamlPlace place, int column)
    {
        _cursor.SkipSpaces();
        if (_cursor.Current == '\t')
        {
            throw _cursor.Error("a tab stands after a dash");
        }

        if (_cursor.IsAtLineEnd || _cursor.IsComment(_cursor.Position))
        {
            _cursor.FinishLine();
            _cursor.SkipToContent();
            if (EndsHere() || _cursor.Column <= column)
            {
                Add(place, JsonTokenKind.Null, null, _cursor.Position);
                return;
            }
        }

        ReadNode(place, column);
    }

    // A scalar, or a collection in brackets; then its line is over.
    private JsonNode ReadValue(YamlPlace place, int indentation)
    {
        var start = _cursor.Position;
        JsonNode node;
        switch (_cursor.Current)
        {
            case '[' or '{':
                node = _flow.Read(place);
                break;
            case '|' or '>':
                // It takes its lines up to their ends itself.
                return Add(place, JsonTokenKind.Text, YamlBlockScalar.Read(_cursor, indentation), start);
            case '"' or '\'':
                node = Add(place, JsonTokenKind.Text, YamlQuoted.Read(_cursor), start);
                break;
            default:
                var (kind, text) = YamlPlain.ReadInBlock(_cursor, indentation);
                node = Add(place, kind, text, start);
                break;
        }

        _cursor.FinishLine();
        return node;
    }

    private void EnsureNoCollection()
    {
        if (_cursor.Current == '-' && _cursor.IsBlankNext)
        {
            throw _cursor.Error("a list begins on the line of its key");
        }
    }

    private bool GoesOn(int column)
    {
        if (EndsHere() || _cursor.Column < column)
        {
            return false;
        }

        return _cursor.Column == column ? true : throw _cursor.Error("a line is indented deeper than those that it belongs to");
    }

    private bool EndsHere()
    {
        return _cursor.IsAtEnd || _cursor.IsAtMarker;
    }

    private JsonNode Open(YamlPlace place, JsonTokenKind kind)
    {
        _budget.Open(_cursor);
        return Add(place, kind, null, _cursor.Position);
    }

    private JsonNode Add(YamlPlace place, JsonTokenKind kind, string? text, int offset)
    {
        _budget.Take(_cursor);
        return place.Add(kind, text, offset);
    }
}
