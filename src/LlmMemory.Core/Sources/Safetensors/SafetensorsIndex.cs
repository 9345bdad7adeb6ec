using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Json;

namespace LlmMemory.Sources.Safetensors;

/// <summary>
/// The index of a sharded model, <c>model.safetensors.index.json</c>: which file holds which tensor. Source:
/// huggingface/transformers, src/transformers/utils/hub.py (get_checkpoint_shard_files).
/// </summary>
internal sealed class SafetensorsIndex
{
    // What a tensor of a large model takes: a table of the right size is not moved again and again while it grows.
    private const int LineBytes = 90;

    private readonly JsonTokenizer _json;
    private readonly string _source;
    private readonly Dictionary<string, string> _shards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _shardOf;
    private string? _lastShard;
    private bool _hasMap;

    private SafetensorsIndex(byte[] bytes, string source)
    {
        _json = new JsonTokenizer(bytes, 0, bytes.Length);
        _shardOf = new Dictionary<string, string>(bytes.Length / LineBytes, StringComparer.Ordinal);
        _source = source;
    }

    /// <summary>The files, sorted by name.</summary>
    public IReadOnlyList<string> Shards => [.. _shards.Keys.OrderBy(shard => shard, StringComparer.Ordinal)];

    /// <summary>The file of each tensor.</summary>
    public IReadOnlyDictionary<string, string> ShardOf => _shardOf;

    /// <summary>The bytes of all tensors, as the index has them; null where it does not say.</summary>
    public long? TotalBytes { get; private set; }

    /// <summary>Reads an index.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="source">What it is called in messages.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.SafetensorsInvalid"/>, with the offset.</exception>
    public static SafetensorsIndex Parse(byte[] bytes, string source)
    {
        try
        {
            var index = new SafetensorsIndex(bytes, source);
            index.Read();
            return index;
        }
        catch (JsonFormatException error)
        {
            throw SafetensorsError.InvalidIndex(source, error.Offset, $"it is no JSON: {error.Message}", error);
        }
    }

    private void Read()
    {
        Expect(JsonTokenKind.ObjectStart, "the index should be an object in braces");
        while (_json.Read() && _json.Kind == JsonTokenKind.Name)
        {
            switch (_json.GetText())
            {
                case "weight_map":
                    ReadMap();
                    break;
                case "metadata":
                    ReadMetadata();
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }

        _json.Read();
        if (_shardOf.Count == 0)
        {
            throw Invalid("it has no weight_map with tensors and their files");
        }
    }

    private void ReadMap()
    {
        if (_hasMap)
        {
            throw Invalid("a second weight_map stands there");
        }

        _hasMap = true;
        Expect(JsonTokenKind.ObjectStart, "weight_map should be an object in braces");
        while (_json.Read() && _json.Kind == JsonTokenKind.Name)
        {
            var (tensor, offset, known) = (_json.GetText(), _json.Offset, _shardOf.Count);
            _json.Read();
            _shardOf[tensor] = _json.Kind == JsonTokenKind.Text
                ? ReadShard()
                : throw Invalid($"the tensor {Quoted.Value(tensor)} should be followed by the name of its file");
            if (_shardOf.Count == known)
            {
                throw SafetensorsError.InvalidIndex(_source, offset, $"the tensor {Quoted.Value(tensor)} comes a second time");
            }
        }
    }

    // One text for each file instead of one for each tensor; mostly it is the same as before.
    private string ReadShard()
    {
        if (_lastShard is null || !_json.IsText(_lastShard))
        {
            _lastShard = Shard(_json.GetText());
        }

        return _lastShard;
    }

    private string Shard(string name)
    {
        if (_shards.TryGetValue(name, out var known))
        {
            return known;
        }

        if (_shards.Count == SafetensorsLimits.Shards)
        {
            throw Invalid($"it names more than {SafetensorsLimits.Shards} files");
        }

        _shards.Add(name, name);
        return name;
    }

    private void ReadMetadata()
    {
        _json.Read();
        if (_json.Kind != JsonTokenKind.ObjectStart)
        {
            _json.Skip();
            return;
        }

        while (_json.Read() && _json.Kind == JsonTokenKind.Name)
        {
            var isTotal = _json.GetText() == "total_size";
            _json.Read();
            if (isTotal && _json.TryGetInt64(out var total))
            {
                TotalBytes = total;
            }

            _json.Skip();
        }
    }

    private void Expect(JsonTokenKind kind, string reason)
    {
        _json.Read();
        if (_json.Kind != kind)
        {
            throw Invalid(reason);
        }
    }

    private LlmMemoryException Invalid(string reason)
    {
        return SafetensorsError.InvalidIndex(_source, _json.Offset, reason);
    }
}
