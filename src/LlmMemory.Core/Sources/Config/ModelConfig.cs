using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Json;

namespace LlmMemory.Sources.Config;

/// <summary>
/// A model's configuration, or a part of it, as the hub's config.json has it. Fields are asked for by every name that
/// they have in real configurations, first match wins; a field that is missing or of the wrong kind is an error that
/// names it.
/// </summary>
internal sealed class ModelConfig
{
    /// <summary>A longer file is no configuration. The largest real ones, with a list per layer, are under 1 MB.</summary>
    public const int MaxBytes = 16 << 20;

    // Beyond any model, and small enough that products of three of them are caught by checked arithmetic.
    private const int MaxDimension = 1 << 30;

    private readonly JsonNode _node;
    private readonly string _source;

    // Where a field is looked for that the object itself does not name, in order; no names stand for all fields.
    private readonly IReadOnlyList<(JsonNode Node, string[] Names)> _defaults;

    private ModelConfig(JsonNode node, string source, IReadOnlyList<(JsonNode Node, string[] Names)>? defaults = null)
    {
        _node = node;
        _source = source;
        _defaults = defaults ?? [];
    }

    /// <summary>The object itself, for what has no fixed fields.</summary>
    public JsonNode Node => _node;

    /// <summary>The file or other place that the configuration was read from, for messages.</summary>
    public string Source => _source;

    /// <summary>The model_type, empty where the configuration has none.</summary>
    public string ModelType => OptionalText("model_type") ?? string.Empty;

    /// <summary>Reads a configuration from the bytes of a config.json.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="source">Where it was read from, for messages.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.ConfigInvalid"/>, with the offset.</exception>
    public static ModelConfig Parse(byte[] bytes, string source)
    {
        try
        {
            var node = JsonNode.Parse(bytes);
            return node.Kind == JsonTokenKind.ObjectStart
                ? new ModelConfig(node, source)
                : throw new JsonFormatException(0, "it is no object in braces");
        }
        catch (JsonFormatException error)
        {
            throw new LlmMemoryException(
                ErrorIds.ConfigInvalid,
                source,
                $"{Quoted.Value(source)} is no model configuration: at byte {error.Offset}, {error.Message}. "
                + "Give the config.json of a model as the hub has it.",
                error)
            {
                Offset = error.Offset,
            };
        }
    }

    /// <summary>The nested configuration of the first name that is there, else null.</summary>
    public ModelConfig? Nested(params string[] names)
    {
        return Find(names) is { Kind: JsonTokenKind.ObjectStart } node ? new ModelConfig(node, _source) : null;
    }

    /// <summary>The objects of a list: one configuration for each layer.</summary>
    public IReadOnlyList<ModelConfig>? NestedList(params string[] names)
    {
        return List(names)?.Select(node => new ModelConfig(node, _source)).ToList();
    }

    /// <summary>The same configuration, with another one to turn to for fields that it does not name itself.</summary>
    /// <param name="defaults">The other configuration.</param>
    /// <param name="names">The fields to take from it; all of them where none is named.</param>
    /// <remarks>A field that is there and says null has been said, and is not looked for any further.</remarks>
    public ModelConfig WithDefaults(ModelConfig defaults, params string[] names)
    {
        return new ModelConfig(_node, _source, [.. _defaults, (defaults._node, names)]);
    }

    /// <summary>True where one of the fields is there and not null.</summary>
    public bool Has(params string[] names)
    {
        return Find(names) is not null;
    }

    /// <summary>True where the field is there, even if it only says null.</summary>
    public bool Says(string name)
    {
        return _node.Members.ContainsKey(name);
    }

    /// <summary>True where the first of the fields that is there holds a list.</summary>
    public bool IsList(params string[] names)
    {
        return Find(names) is { Kind: JsonTokenKind.ArrayStart };
    }

    /// <summary>True where the first of the fields that is there holds a text.</summary>
    public bool IsText(params string[] names)
    {
        return Find(names) is { Kind: JsonTokenKind.Text };
    }

    /// <summary>A whole number above 0 that has to be there.</summary>
    public int Int(params string[] names)
    {
        return OptionalInt(names) ?? throw Missing(names);
    }

    /// <summary>A whole number above 0; null where it is missing, null, or 0 (which some write for 'none').</summary>
    public int? OptionalInt(params string[] names)
    {
        var node = Find(names);
        if (node is null)
        {
            return null;
        }

        var number = node.AsInt64();
        return number is >= 0 and <= MaxDimension
            ? (number == 0 ? null : (int)number)
            : throw Invalid(node, $"a whole number up to {MaxDimension}");
    }

    /// <summary>A whole number that may be 0, with what it is when it is not there.</summary>
    public int Count(int whenMissing, params string[] names)
    {
        return Has(names) ? OptionalInt(names) ?? 0 : whenMissing;
    }

    /// <summary>A number, null where it is missing.</summary>
    public double? Number(params string[] names)
    {
        return Find(names) is { } node ? node.AsNumber() ?? throw Invalid(node, "a number") : null;
    }

    /// <summary>A truth value, with what it is when it is not there.</summary>
    public bool Bool(bool whenMissing, params string[] names)
    {
        return Find(names) is { } node ? node.AsBoolean() ?? throw Invalid(node, "true or false") : whenMissing;
    }

    /// <summary>A text that has to be there.</summary>
    public string Text(params string[] names)
    {
        return OptionalText(names) ?? throw Missing(names);
    }

    /// <summary>A text, null where it is missing.</summary>
    public string? OptionalText(params string[] names)
    {
        return Find(names) is { } node ? node.AsText() ?? throw Invalid(node, "a text") : null;
    }

    /// <summary>The values of a list, null where it is missing.</summary>
    public IReadOnlyList<JsonNode>? List(params string[] names)
    {
        return Find(names) switch
        {
            null => null,
            { Kind: JsonTokenKind.ArrayStart } node => node.Items,
            { } node => throw Invalid(node, "a list"),
        };
    }

    /// <summary>The texts of a list, null where it is missing.</summary>
    public IReadOnlyList<string>? TextList(params string[] names)
    {
        return List(names)?.Select(node => node.AsText() ?? throw Invalid(node, "a text")).ToList();
    }

    /// <summary>The whole numbers, 0 and up, of a list; null where it is missing.</summary>
    public IReadOnlyList<int>? IntList(params string[] names)
    {
        return List(names)?
            .Select(node => node.AsInt64() is >= 0 and <= MaxDimension and { } number
                ? (int)number
                : throw Invalid(node, $"a whole number up to {MaxDimension}"))
            .ToList();
    }

    /// <summary>The error of a field that has to be there and is not.</summary>
    public LlmMemoryException Missing(params string[] names)
    {
        var place = _node.Path.Length == 0 ? string.Empty : $" in {_node.Path}";
        return new LlmMemoryException(
            ErrorIds.ConfigFieldMissing,
            names[0],
            $"{Quoted.Value(_source)} has no {string.Join(" or ", names)}{place}, and a {Quoted.Value(ModelType)} model "
            + "has no default for it. Give the complete config.json of the model.");
    }

    /// <summary>The error of a field whose value cannot be used.</summary>
    /// <param name="node">The field's value.</param>
    /// <param name="expected">What it should be: <c>a whole number</c>.</param>
    public LlmMemoryException Invalid(JsonNode node, string expected)
    {
        return new LlmMemoryException(
            ErrorIds.ConfigFieldInvalid,
            node.ToString(),
            $"{Quoted.Value(_source)}: {node.Path} is {Quoted.Value(node)} and should be {expected}.");
    }

    /// <summary>The error of a field whose value contradicts another, or names something unknown.</summary>
    /// <param name="name">The field.</param>
    /// <param name="reason">What is wrong with it, as the rest of a sentence.</param>
    public LlmMemoryException Invalid(string name, string reason)
    {
        var node = _node.Get(name);
        return new LlmMemoryException(
            ErrorIds.ConfigFieldInvalid,
            node?.ToString() ?? name,
            $"{Quoted.Value(_source)}: {node?.Path ?? name} {reason}.");
    }

    private JsonNode? Find(string[] names)
    {
        var own = names.Where(_node.Members.ContainsKey).ToList();
        return own.Count > 0
            ? own.Select(_node.Get).FirstOrDefault(node => node is not null)
            : _defaults.Select(source => FindDefault(source, names)).FirstOrDefault(node => node is not null);
    }

    private static JsonNode? FindDefault((JsonNode Node, string[] Names) source, string[] names)
    {
        return names
            .Where(name => source.Names.Length == 0 || source.Names.Contains(name))
            .Select(source.Node.Get)
            .FirstOrDefault(node => node is not null);
    }
}
