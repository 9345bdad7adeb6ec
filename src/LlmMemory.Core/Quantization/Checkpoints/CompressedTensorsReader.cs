using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Quantization.Storage;
using LlmMemory.Sources.Config;

namespace LlmMemory.Quantization.Checkpoints;

/// <summary>
/// quant_method compressed-tensors: groups of modules with the numbers of their weights, and a list of those that stay.
/// A target is a class of modules (Linear), a name, or a regular expression. Sources: vllm-project/compressed-tensors,
/// quantization/quant_config.py, quant_args.py, lifecycle/initialize.py and compressors/. The hub's elements by type of
/// a 70B Llama in FP8-dynamic and in W4A16 with actorder group agree to the last one.
/// </summary>
internal static class CompressedTensorsReader
{
    private const string LinearClass = "Linear";

    private const string PackingAssumption =
        "Codes of other than 1, 2, 4 or 8 bits are taken to be packed without gaps; compressed-tensors until May 2026 left bits of each word unused.";

    /// <summary>Reads the configuration.</summary>
    /// <param name="config">The configuration.</param>
    public static CheckpointQuantization Read(QuantizationConfig config)
    {
        var groups = config.Fields.Nested("config_groups") ?? throw config.Fields.Missing("config_groups");
        var format = config.Fields.OptionalText("format");
        EnsureDense(config);
        QuantizationRule[] rules = [.. config.NamesIn(groups).Select(name => Rule(config, groups.Nested(name), format)).OfType<QuantizationRule>()];
        return new CheckpointQuantization
        {
            Rules = rules,
            Ignored = config.Modules("ignore"),
            IncludesHead = true,
            KvCacheDataType = KvCacheType(config.Fields),
            CacheScales = HasCacheScales(config.Fields) ? new CacheScales(null, IsOfProjection: false) : null,
            Assumptions = rules.Any(rule => rule.Storage is PackedIntegerStorage { HasGapsInOldVersions: true }) ? [PackingAssumption] : [],
        };
    }

    /// <summary>True where scales of keys and values were measured in advance.</summary>
    /// <param name="fields">The configuration.</param>
    public static bool HasCacheScales(ModelConfig fields)
    {
        return fields.Nested("kv_cache_scheme")?.Bool(false, "dynamic") == false;
    }

    /// <summary>The type that a kv_cache_scheme says; null where there is none.</summary>
    /// <param name="fields">The configuration.</param>
    public static string? KvCacheType(ModelConfig fields)
    {
        return fields.Nested("kv_cache_scheme") is { } scheme
            ? (scheme.OptionalText("type") == "float" ? "FP" : "INT") + scheme.Int("num_bits")
            : null;
    }

    // Weights that are sparse, or rotated, are stored otherwise.
    private static void EnsureDense(QuantizationConfig config)
    {
        var sparsity = config.Fields.Nested("sparsity_config")?.OptionalText("format");
        if (sparsity is not null and not "dense")
        {
            throw config.UnknownFormat(sparsity);
        }

        if (config.Fields.Nested("transform_config")?.Nested("config_groups")?.Node.Members.Count > 0)
        {
            throw config.UnknownFormat("transform_config");
        }
    }

    private static QuantizationRule? Rule(QuantizationConfig config, ModelConfig? group, string? format)
    {
        if (group?.Nested("weights") is not { } weights)
        {
            // A group without weights quantises what passes through: caches, activations.
            return null;
        }

        var storage = Storage(config, group, weights, group.OptionalText("format") ?? format);
        return new QuantizationRule(storage, Targets(config, group.TextList("targets") ?? [LinearClass]));
    }

    private static ModulePatterns? Targets(QuantizationConfig config, IReadOnlyList<string> targets)
    {
        if (targets.Contains(LinearClass))
        {
            return null;
        }

        var unknown = targets.FirstOrDefault(
            target => target.IndexOfAny(['.', ':', '_', '*']) < 0 && char.IsUpper(target.FirstOrDefault()));
        return unknown is null ? new ModulePatterns(targets) : throw config.UnknownFormat(unknown);
    }

    private static WeightStorage Storage(QuantizationConfig config, ModelConfig group, ModelConfig weights, string? format)
    {
        if (format is not null && !IsKnown(format))
        {
            throw config.UnknownFormat(format);
        }

        var bits = weights.Int("num_bits");
        var isFloat = weights.OptionalText("type") == "float";
        var isPacked = format is null or "mixed-precision" ? bits < 8 : format == "pack-quantized";
        var activations = group.Nested("input_activations");
        return (isFloat, bits) switch
        {
            (true, 4) => Float4(config, weights, activations),
            (true, 8) => new CompressedCodes("FP8", SafetensorsDataTypes.F8_E4M3, weights, activations).Storage(config, format),
            (false, <= 8) when isPacked => Packed(config, bits, weights),
            (false, <= 8) => new CompressedCodes(bits == 8 ? "INT8" : $"INT{bits} in bytes", GgufDataTypes.I8, weights, activations)
                .Storage(config, format),
            _ => throw config.UnknownFormat($"{bits}-bit {(isFloat ? "float" : "int")}"),
        };
    }

    private static bool IsKnown(string format)
    {
        return format is "pack-quantized" or "int-quantized" or "float-quantized" or "naive-quantized" or "mixed-precision"
            or "nvfp4-pack-quantized" or "mxfp4-pack-quantized" or "mxfp8-quantized";
    }

    private static PackedFloatStorage Float4(QuantizationConfig config, ModelConfig weights, ModelConfig? activations)
    {
        // Scales for inputs are stored unless each token makes its own; 'local' makes those of groups alone.
        var hasInputs = activations is not null && activations.Node.Get("dynamic")?.AsBoolean() != true;
        return QuantizationConfig.GroupSize(weights, 0, "group_size") switch
        {
            16 => PackedFloats.NvFp4OfCompressedTensors(hasInputs),
            32 => PackedFloats.MxFp4("weight_packed"),
            var size => throw config.UnknownFormat($"4-bit float in groups of {size}"),
        };
    }

    private static PackedIntegerStorage Packed(QuantizationConfig config, int bits, ModelConfig weights)
    {
        return new PackedIntegerStorage($"W{bits}A16", bits, QuantizationConfig.GroupSize(weights, 0, "group_size"))
        {
            HasZeroPoints = !weights.Bool(true, "symmetric"),
            HasGroupIndex = CompressedCodes.HasGroupIndex(weights),

            // Moonshot's own tool: the hub counts the shapes in Kimi-K2.5 eightfold, as it does 32-bit words.
            ShapeType = config.IsOf("kimi") ? GgufDataTypes.I32 : GgufDataTypes.I64,
        };
    }
}
