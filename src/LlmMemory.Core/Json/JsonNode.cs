using System;
using System.Collections.Generic;
using System.Globalization;
using LlmMemory.Errors;

namespace LlmMemory.Json;

/// <summary>
/// A JSON document in memory, for configurations: small documents that are asked for by name. Headers with many
/// entries are read with <see cref="JsonTokenizer"/> instead.
/// </summary>
internal sealed class JsonNode
{
    /// <summary>Values in one document; larger ones are refused before they fill the memory.</summary>
    public const int MaxNodes = 500_000;

    private const int MaxPathLength = 200;

    private readonly Dictionary<string, JsonNode>? _members;
    private readonly List<JsonNode>? _items;
    private readonly string? _text;
    private readonly JsonNode? _parent;
    private readonly string _step;

    private JsonNode(JsonTokenKind kind, JsonNode? parent, string step, string? text, int offset)
    {
        Kind = kind;
        Offset = offset;
        _parent = parent;
        _step = step;
        _text = text;
        _members = kind == JsonTokenKind.ObjectStart ? new Dictionary<string, JsonNode>(StringComparer.Ordinal) : null;
        _items = kind == JsonTokenKind.ArrayStart ? [] : null;
    }

    /// <summary>What the value is: <see cref="JsonTokenKind.ObjectStart"/> stands for an object, and so on.</summary>
    public JsonTokenKind Kind { get; }

    /// <summary>The byte at which the value begins, counted from the document's first.</summary>
    public int Offset { get; }

    /// <summary>Where the value stands in the document: <c>text_config.layer_types[3]</c>; empty for the document.</summary>
    /// <remarks>
    /// Put together when it is asked for, and only the end of a long one: a hostile document has long names around many
    /// values.
    /// </remarks>
    public string Path
    {
        get
        {
            var above = _parent?.Path ?? string.Empty;
            var isMember = above.Length > 0 && _parent!.Kind == JsonTokenKind.ObjectStart;
            var path = isMember ? $"{above}.{_step}" : above + _step;
            return path.Length <= MaxPathLength ? path : "..." + path.Substring(path.Length - MaxPathLength);
        }
    }

    /// <summary>An object's members; empty for anything else.</summary>
    public IReadOnlyDictionary<string, JsonNode> Members => _members ?? Nothing;

    /// <summary>An array's values; empty for anything else.</summary>
    public IReadOnlyList<JsonNode> Items => _items ?? (IReadOnlyList<JsonNode>)[];

    private static Dictionary<string, JsonNode> Nothing { get; } = [];

    /// <summary>Reads a document.</summary>
    /// <param name="bytes">The document in UTF-8.</param>
    /// <exception cref="JsonFormatException">It is no JSON, repeats a name, or has too many values.</exception>
    public static JsonNode Parse(byte[] bytes)
    {
        var tokenizer = new JsonTokenizer(bytes, 0, bytes.Length);
        tokenizer.Read();
        var remaining = MaxNodes;
        var root = ReadValue(tokenizer, null, string.Empty, ref remaining);
        tokenizer.Read();
        return root;
    }

    /// <summary>A document that is put together by a reader of another notation.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="text">A text or a number as JSON writes it; null for anything else.</param>
    /// <param name="offset">The byte at which it starts.</param>
    internal static JsonNode Root(JsonTokenKind kind, string? text, int offset)
    {
        return new JsonNode(kind, null, string.Empty, text, offset);
    }

    /// <summary>Adds a member to an object that is being put together; the name must be new.</summary>
    internal JsonNode AddMember(string name, JsonTokenKind kind, string? text, int offset)
    {
        var member = new JsonNode(kind, this, name, text, offset);
        _members!.Add(name, member);
        return member;
    }

    /// <summary>Adds a value to a list that is being put together.</summary>
    internal JsonNode AddItem(JsonTokenKind kind, string? text, int offset)
    {
        var item = new JsonNode(kind, this, $"[{_items!.Count.ToString(CultureInfo.InvariantCulture)}]", text, offset);
        _items.Add(item);
        return item;
    }

    /// <summary>The member of that name, null where there is none or where it says null.</summary>
    /// <param name="name">The member's name.</param>
    public JsonNode? Get(string name)
    {
        return Members.TryGetValue(name, out var member) && member.Kind != JsonTokenKind.Null ? member : null;
    }

    /// <summary>The text, null for anything else.</summary>
    public string? AsText()
    {
        return Kind == JsonTokenKind.Text ? _text : null;
    }

    /// <summary>The whole number, null for anything else. <c>4096.0</c> is 4096: some tools write it so.</summary>
    public long? AsInt64()
    {
        return AsNumber() is { } number && Math.Abs(number) < 1L << 53 && Math.Floor(number) == number ? (long)number : null;
    }

    /// <summary>The number, null for anything else.</summary>
    public double? AsNumber()
    {
        return Kind == JsonTokenKind.Number
            && double.TryParse(_text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
    }

    /// <summary>The truth value, null for anything else.</summary>
    public bool? AsBoolean()
    {
        return Kind switch
        {
            JsonTokenKind.True => true,
            JsonTokenKind.False => false,
            _ => null,
        };
    }

    /// <summary>The value for a message: as it is written, or what kind of thing it is.</summary>
    public override string ToString()
    {
        return Kind switch
        {
            JsonTokenKind.ObjectStart => "an object",
            JsonTokenKind.ArrayStart => "a list",
            JsonTokenKind.True => "true",
            JsonTokenKind.False => "false",
            JsonTokenKind.Null => "null",
            _ => _text!,
        };
    }

    private static JsonNode ReadValue(JsonTokenizer tokenizer, JsonNode? parent, string step, ref int remaining)
    {
        if (--remaining < 0)
        {
            throw new JsonFormatException(tokenizer.Offset, $"it holds more than {MaxNodes} values");
        }

        var isLeafWithText = tokenizer.Kind is JsonTokenKind.Text or JsonTokenKind.Number;
        var node = new JsonNode(tokenizer.Kind, parent, step, isLeafWithText ? tokenizer.GetText() : null, tokenizer.Offset);
        if (node._members is not null)
        {
            node.ReadMembers(tokenizer, ref remaining);
        }
        else if (node._items is not null)
        {
            node.ReadItems(tokenizer, ref remaining);
        }

        return node;
    }

    private void ReadMembers(JsonTokenizer tokenizer, ref int remaining)
    {
        while (tokenizer.Read() && tokenizer.Kind != JsonTokenKind.ObjectEnd)
        {
            var offset = tokenizer.Offset;
            var name = tokenizer.GetText();
            if (_members!.ContainsKey(name))
            {
                throw new JsonFormatException(offset, $"the name {Quoted.Value(name)} stands there twice");
            }

            tokenizer.Read();
            _members.Add(name, ReadValue(tokenizer, this, name, ref remaining));
        }
    }

    private void ReadItems(JsonTokenizer tokenizer, ref int remaining)
    {
        while (tokenizer.Read() && tokenizer.Kind != JsonTokenKind.ArrayEnd)
        {
            var index = _items!.Count.ToString(CultureInfo.InvariantCulture);
            _items.Add(ReadValue(tokenizer, this, $"[{index}]", ref remaining));
        }
    }
}
