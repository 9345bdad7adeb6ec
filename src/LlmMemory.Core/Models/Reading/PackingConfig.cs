using System.Collections.Generic;
using System.Linq;
using LlmMemory.Json;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Reading;

/// <summary>
/// What a configuration says about the bits of packed weights. Source: huggingface/transformers,
/// src/transformers/utils/quantization_config.py; compressed-tensors, config_groups; mlx-lm, <c>quantization</c>.
/// </summary>
internal sealed class PackingConfig
{
    private readonly JsonNode? _node;
    private readonly IReadOnlyList<(int Bits, int? GroupSize)> _groups;

    private PackingConfig(JsonNode? node)
    {
        _node = node;
        _groups = [.. Groups(node)];
    }

    /// <summary>The bits of a weight, null where nothing is said.</summary>
    public int? Bits => Small(_node, "bits") ?? Small(_node, "w_bit");

    /// <summary>The weights of a group, null where nothing is said, or different things.</summary>
    public long? GroupSize => _groups.Select(group => group.GroupSize).Distinct().Count() == 1 ? _groups[0].GroupSize : null;

    /// <summary>The weights of a group of HQQ, null where nothing is said.</summary>
    public long? HqqGroupSize => Number(_node?.Get("quant_config")?.Get("weight_quant_params"), "group_size");

    /// <summary>Reads what a configuration says.</summary>
    /// <param name="config">The whole configuration; null where there is none.</param>
    public static PackingConfig Read(ModelConfig? config)
    {
        var node = config?.Node;
        return new PackingConfig(
            node?.Get("quantization_config")
            ?? node?.Get("compression_config")
            ?? node?.Get("text_config")?.Get("quantization_config")
            ?? node?.Get("quantization"));
    }

    /// <summary>The bits of a module that may have settings of its own, as in MLX.</summary>
    /// <param name="tensor">The name of its weight.</param>
    public int? BitsOfModule(string tensor)
    {
        var module = tensor.Substring(0, tensor.LastIndexOf('.'));
        return Small(_node?.Get(module), "bits") ?? Bits;
    }

    /// <summary>The bits of weights in 32-bit elements, among groups of settings that differ.</summary>
    /// <param name="columns">The elements of a row.</param>
    /// <param name="scales">The scales of a row.</param>
    public int? BitsOf(long columns, long scales)
    {
        var all = _groups.Select(group => group.Bits).Distinct().ToList();
        if (all.Count <= 1)
        {
            return all.Count == 1 ? all[0] : Bits;
        }

        // What fits two of them is left open.
        var fitting = _groups
            .Where(group => group.GroupSize is { } size && columns * (32 / group.Bits) == scales * size)
            .Select(group => group.Bits)
            .Distinct()
            .ToList();
        return fitting.Count == 1 ? fitting[0] : null;
    }

    private static IEnumerable<(int Bits, int? GroupSize)> Groups(JsonNode? node)
    {
        return (node?.Get("config_groups")?.Members.Values ?? [])
            .Select(group => group.Get("weights"))
            .Where(weights => Small(weights, "num_bits") is not null)
            .Select(weights => (Small(weights, "num_bits")!.Value, Number(weights, "group_size")));
    }

    // Bits beyond a byte are no packing.
    private static int? Small(JsonNode? node, string name)
    {
        return Number(node, name) is <= 8 and var bits ? bits : null;
    }

    private static int? Number(JsonNode? node, string name)
    {
        return node?.Get(name)?.AsInt64() is > 0 and <= 1 << 20 and { } number ? (int)number : null;
    }
}
