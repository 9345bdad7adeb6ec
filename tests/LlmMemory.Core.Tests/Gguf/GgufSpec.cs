using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace LlmMemory.Core.Tests.Gguf;

/// <summary>
/// A GGUF file as shared/data/gguf describes it: real metadata and tensors, no weights. Writes what
/// shared/tools/ggufwrite.py writes, with a vocabulary of the real length.
/// </summary>
internal sealed class GgufSpec
{
    private static readonly Dictionary<string, uint> Numbers = new()
    {
        ["F32"] = 0, ["F16"] = 1, ["Q4_0"] = 2, ["Q4_1"] = 3, ["Q5_0"] = 6, ["Q5_1"] = 7, ["Q8_0"] = 8, ["Q2_K"] = 10, ["Q3_K"] = 11,
        ["Q4_K"] = 12, ["Q5_K"] = 13, ["Q6_K"] = 14, ["IQ4_NL"] = 20, ["BF16"] = 30, ["MXFP4"] = 39,
    };

    private readonly JsonElement _root;

    public GgufSpec(string name)
        : this(ReferenceData.Shared("gguf"), name)
    {
    }

    public GgufSpec(string folder, string name)
    {
        _root = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(folder, name + ".json"))).RootElement;
    }

    public static IEnumerable<string> Names()
    {
        var folder = ReferenceData.Shared("gguf");
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)
            : [];
    }

    /// <summary>Name, lengths (innermost first), type and bytes of each tensor.</summary>
    public IEnumerable<(string Name, long[] Lengths, string Type, long Bytes)> Tensors => _root.GetProperty("tensors").EnumerateArray()
        .Select(tensor => (
            tensor[0].GetString()!,
            tensor[1].EnumerateArray().Select(length => length.GetInt64()).ToArray(),
            tensor[2].GetString()!,
            tensor[3].GetInt64()));

    /// <summary>The metadata of the file, by its keys.</summary>
    public JsonElement Metadata => _root.GetProperty("kv");

    public HoleStream File(int tokens = 0)
    {
        var builder = new GgufBuilder();
        foreach (var pair in _root.GetProperty("kv").EnumerateObject())
        {
            Add(builder, pair.Name, pair.Value);
        }

        if (tokens > 0)
        {
            builder.Add("tokenizer.ggml.tokens", Enumerable.Range(0, tokens).Select(i => $"t{i:000000}").ToList());
            builder.Add("tokenizer.ggml.merges", Enumerable.Range(0, tokens).Select(i => $"t{i:000} {i:000}").ToList());
            builder.Add("tokenizer.ggml.token_type", Enumerable.Repeat(1u, tokens).ToArray());
        }

        foreach (var (name, lengths, type, bytes) in Tensors)
        {
            builder.Tensor(name, Numbers[type], bytes, lengths);
        }

        return builder.File();
    }

    private static void Add(GgufBuilder builder, string key, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                builder.Add(key, value.GetString()!);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                builder.Add(key, value.GetBoolean());
                break;
            case JsonValueKind.Array:
                AddArray(builder, key, value);
                break;
            case var _ when value.TryGetUInt32(out var number):
                builder.Add(key, number);
                break;
            default:
                builder.Raw(key, 6, BitConverter.GetBytes(value.GetSingle()));
                break;
        }
    }

    // A list, or ["i32arr", [...]].
    private static void AddArray(GgufBuilder builder, string key, JsonElement value)
    {
        var items = value[0].ValueKind == JsonValueKind.String ? value[1] : value;
        builder.Add(key, items.EnumerateArray().Select(item => (uint)item.GetDouble()).ToArray());
    }
}
