using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Gguf;

/// <summary>
/// The metadata of a file: asked for by key, held against the kind that the key should have, with an error that names
/// the key where it has another.
/// </summary>
internal sealed class GgufMetadata
{
    // Beyond any dimension of a model, and small enough that products are caught by checked arithmetic.
    private const long MaxCount = 1L << 40;

    private readonly Dictionary<string, GgufValue> _pairs;

    /// <summary>Wraps what a header has.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="source">The file, for messages.</param>
    public GgufMetadata(Dictionary<string, GgufValue> pairs, string source)
    {
        _pairs = pairs;
        Source = source;
    }

    /// <summary>The file, for messages.</summary>
    public string Source { get; }

    /// <summary>True where the key is there.</summary>
    public bool Has(string key)
    {
        return _pairs.ContainsKey(key);
    }

    /// <summary>A text, null where it is missing or longer than any name.</summary>
    public string? Text(string key)
    {
        return Find(key) switch
        {
            null => null,
            { Type: GgufValueType.Text } value => value.Text,
            _ => throw Invalid(key, "is no text"),
        };
    }

    /// <summary>A whole number, 0 and up; null where it is missing.</summary>
    public long? Count(string key)
    {
        return Find(key) is { } value ? AsCount(key, value) : null;
    }

    /// <summary>A number, null where it is missing.</summary>
    public double? Real(string key)
    {
        return Find(key) is { } value ? value.Number ?? throw Invalid(key, "is no number") : null;
    }

    /// <summary>A truth value, null where it is missing.</summary>
    public bool? Boolean(string key)
    {
        return Find(key) is { } value ? value.Boolean ?? throw Invalid(key, "is neither true nor false") : null;
    }

    /// <summary>A whole number for each layer: an array's, or the same for all; null where it is missing.</summary>
    /// <param name="key">The key.</param>
    /// <param name="layers">How many layers there are; an array with fewer values is an error.</param>
    public IReadOnlyList<long>? CountPerLayer(string key, int layers)
    {
        var value = Find(key);
        if (value is null)
        {
            return null;
        }

        return value.Type == GgufValueType.Array
            ? [.. ItemsOf(key, value, layers).Select(item => AsCount(key, item))]
            : [.. Enumerable.Repeat(AsCount(key, value), layers)];
    }

    /// <summary>A truth value for each layer; null where the key is missing or no array.</summary>
    /// <param name="key">The key.</param>
    /// <param name="layers">How many layers there are; an array with fewer values is an error.</param>
    public IReadOnlyList<bool>? BooleanPerLayer(string key, int layers)
    {
        return Find(key) is { Type: GgufValueType.Array } value
            ? [.. ItemsOf(key, value, layers).Select(item => item.Boolean ?? item.Integer > 0)]
            : null;
    }

    /// <summary>How many values an array has; null where it is missing.</summary>
    public long? LengthOf(string key)
    {
        return Find(key) is { Type: GgufValueType.Array } value ? value.Count : null;
    }

    /// <summary>The error of a key that has to be there and is not.</summary>
    public LlmMemoryException Missing(string key)
    {
        return new LlmMemoryException(
            ErrorIds.GgufMetadataInvalid,
            key,
            $"{Quoted.Value(Source)} has no {Quoted.Value(key)}, which llama.cpp needs too. Convert the model again with today's llama.cpp.");
    }

    /// <summary>The error of a value that cannot be used.</summary>
    /// <param name="key">The key.</param>
    /// <param name="reason">What is wrong with it, as the rest of a sentence.</param>
    public LlmMemoryException Invalid(string key, string reason)
    {
        return new LlmMemoryException(
            ErrorIds.GgufMetadataInvalid,
            key,
            $"{Quoted.Value(Source)}: {Quoted.Value(key)} is {Quoted.Value(Find(key))}, and that {reason}.");
    }

    private GgufValue? Find(string key)
    {
        return _pairs.TryGetValue(key, out var value) ? value : null;
    }

    private IEnumerable<GgufValue> ItemsOf(string key, GgufValue value, int layers)
    {
        return value.Items is { } items && items.Count >= layers
            ? items.Take(layers)
            : throw Invalid(key, $"does not have a value for each of the {layers} layers");
    }

    private long AsCount(string key, GgufValue value)
    {
        return value.Integer is >= 0 and <= MaxCount and { } number
            ? number
            : throw Invalid(key, $"is no whole number up to {MaxCount}");
    }
}
