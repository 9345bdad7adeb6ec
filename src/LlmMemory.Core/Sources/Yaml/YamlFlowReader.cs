using LlmMemory.Errors;
using LlmMemory.Json;

namespace LlmMemory.Sources.Yaml;

/// <summary>Reads collections in brackets: <c>[a, b]</c> and <c>{a: 1}</c>, over as many lines as they take.</summary>
internal sealed class YamlFlowReader
{
    private readonly YamlCursor _cursor;
    private readonly YamlBudget _budget;

    /// <summary>Takes the place that block and flow share.</summary>
    public YamlFlowReader(YamlCursor cursor, YamlBudget budget)
    {
        (_cursor, _budget) = (cursor, budget);
    }

    /// <summary>Reads a value; the cursor stands at its first letter, then behind its last.</summary>
    public JsonNode Read(YamlPlace place)
    {
        var start = _cursor.Position;
        switch (_cursor.Current)
        {
            case '[':
                return ReadList(place);
            case '{':
                return ReadMapping(place);
            case '"' or '\'':
                return Add(place, JsonTokenKind.Text, YamlQuoted.Read(_cursor), start);
            default:
                var (kind, text) = YamlPlain.ReadInFlow(_cursor);
                return Add(place, kind, text, start);
        }
    }

    private JsonNode ReadList(YamlPlace place)
    {
        var list = Open(place, JsonTokenKind.ArrayStart);
        while (MovesTo(']'))
        {
            Read(new YamlPlace(list, null));
            Separate(']');
        }

        return Close(list);
    }

    private JsonNode ReadMapping(YamlPlace place)
    {
        var mapping = Open(place, JsonTokenKind.ObjectStart);
        while (MovesTo('}'))
        {
            var key = ReadKey(mapping);
            _cursor.SkipSpace();
            if (_cursor.Current is ',' or '}')
            {
                Add(new YamlPlace(mapping, key), JsonTokenKind.Null, null, _cursor.Position);
            }
            else
            {
                EnsureNoEnd();
                Read(new YamlPlace(mapping, key));
            }

            Separate('}');
        }

        return Close(mapping);
    }

    private string ReadKey(JsonNode mapping)
    {
        var start = _cursor.Position;
        var isQuoted = _cursor.Current is '"' or '\'';
        var key = isQuoted ? YamlQuoted.Read(_cursor) : ReadPlainKey();
        if (mapping.Members.ContainsKey(key))
        {
            throw new YamlFormatException(start, $"the key {Quoted.Value(key)} stands there twice");
        }

        _cursor.SkipSpace();
        if (_cursor.Current != ':')
        {
            throw _cursor.Error("a colon is missing after a key");
        }

        _cursor.Advance();
        return key;
    }

    // A key is a text, whatever it looks like.
    private string ReadPlainKey()
    {
        var start = _cursor.Position;
        var (_, text) = YamlPlain.ReadInFlow(_cursor);
        var written = _cursor.Text(start, _cursor.Position).TrimEnd();
        return text is null || written.IndexOfAny(['\n', '\r']) < 0 ? written : text;
    }

    // True where a value comes, false behind the bracket that closes.
    private bool MovesTo(char bracket)
    {
        _cursor.SkipSpace();
        EnsureNoEnd();
        return _cursor.Current != bracket;
    }

    private void Separate(char bracket)
    {
        _cursor.SkipSpace();
        EnsureNoEnd();
        if (_cursor.Current == ',')
        {
            _cursor.Advance();
        }
        else if (_cursor.Current != bracket)
        {
            throw _cursor.Error($"a comma or '{bracket}' is missing");
        }
    }

    private void EnsureNoEnd()
    {
        if (_cursor.IsAtEnd)
        {
            throw _cursor.Error("a bracket is not closed");
        }
    }

    private JsonNode Open(YamlPlace place, JsonTokenKind kind)
    {
        _budget.Open(_cursor);
        var collection = Add(place, kind, null, _cursor.Position);
        _cursor.Advance();
        return collection;
    }

    private JsonNode Close(JsonNode collection)
    {
        _cursor.Advance();
        _budget.Close();
        return collection;
    }

    private JsonNode Add(YamlPlace place, JsonTokenKind kind, string? text, int offset)
    {
        _budget.Take(_cursor);
        return place.Add(kind, text, offset);
    }
}
