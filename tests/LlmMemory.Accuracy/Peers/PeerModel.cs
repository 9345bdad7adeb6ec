using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using LlmMemory.Core.Tests.Gguf;

namespace LlmMemory.Accuracy.Peers;

/// <summary>What the peers read of a GGUF file: keys of its architecture and its tensors.</summary>
internal sealed class PeerModel
{
    private readonly JsonElement _metadata;

    public PeerModel(GgufSpec spec)
    {
        _metadata = spec.Metadata;
        Architecture = _metadata.GetProperty("general.architecture").GetString()!;
        Tensors = [.. spec.Tensors.Select(tensor => new PeerTensor(tensor.Name, tensor.Lengths, tensor.Bytes))];
    }

    public string Architecture { get; }

    public IReadOnlyList<PeerTensor> Tensors { get; }

    public long Layers => Number("block_count");

    public long Embedding => Number("embedding_length");

    public long Heads => Number("attention.head_count");

    public long HeadsOfKeys => Number("attention.head_count_kv", Heads);

    public long KeyLength => Number("attention.key_length", Heads == 0 ? 0 : Embedding / Heads);

    public long ValueLength => Number("attention.value_length", Heads == 0 ? 0 : Embedding / Heads);

    public long Vocabulary => Tensors.Single(tensor => tensor.Name == "token_embd.weight").Lengths[1];

    public bool HasHead => Tensors.Any(tensor => tensor.Name == "output.weight");

    /// <summary>The tensors of the last layer whose names match.</summary>
    public IEnumerable<PeerTensor> LastLayer(string pattern)
    {
        return Tensors.Where(tensor => Regex.IsMatch(tensor.Name, $@"^blk\.{Layers - 1}\.({pattern})$"));
    }

    /// <summary>The bytes of tensors whose names match.</summary>
    public long Bytes(string pattern)
    {
        return Tensors.Where(tensor => Regex.IsMatch(tensor.Name, pattern)).Sum(tensor => tensor.Bytes);
    }

    /// <summary>A number of the architecture; of a list, the first, as gguf-parser-go reads it.</summary>
    public long Number(string key, long missing = 0)
    {
        return Items(key) is { Count: > 0 } items ? items[0] : missing;
    }

    /// <summary>A number of each layer; one where all have the same.</summary>
    public IReadOnlyList<long> Items(string key)
    {
        if (!_metadata.TryGetProperty($"{Architecture}.{key}", out var value))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return [value.GetInt64()];
        }

        var items = value[0].ValueKind == JsonValueKind.String ? value[1] : value;
        return [.. items.EnumerateArray().Select(item => item.GetInt64())];
    }
}
