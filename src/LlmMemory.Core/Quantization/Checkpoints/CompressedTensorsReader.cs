using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Quantization.Storage;
using LlmMemory.Sources.Config;

namespace LlmMemory.Quantization.Checkpoints;

/// <summary>
/// quant_method compressed-tensors: groups of modules with the numbers of their weights, and a list of those that stay.
/// A target is a class of modules (Linear), a name, or a regular expression. Source: vllm-project/compressed-tensors,
/// quantization/quant_config.py, quant_args.py and compressors/.
/// </summary>
internal static class CompressedTensorsReader
{
    private const string LinearClass = "Linear";

    /// <summary>Reads the configuration.</summary>
    /// <param name="config">The configuration.</param>
    public static CheckpointQuantization Read(QuantizationConfig config)
    {
        var groups = config.Fields.Nested("config_groups") ?? throw config.Fields.Missing("config_groups");
        var format = config.Fields.OptionalText("format");
        return new CheckpointQuantization
        {
            Rules = [.. config.NamesIn(groups).Select(name => Rule(config, groups.Nested(name), format)).OfType<QuantizationRule>()],
            Ignored = config.Modules("ignore"),
            IncludesHead = true,
            KvCacheDataType = KvCacheType(config.Fields),
        };
    }

    /// <summary>The type that a kv_cache_scheme says; null where there is none.</summary>
    /// <param name="fields">The configuration.</param>
    public static string? KvCacheType(ModelConfig fields)
    {
        return fields.Nested("kv_cache_scheme") is { } scheme
            ? (scheme.OptionalText("type") == "float" ? "FP" : "INT") + scheme.Int("num_bits")
            : null;
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
        var bits = weights.Int("num_bits");
        var isFloat = weights.OptionalText("type") == "float";
        var isPacked = format is null || format.EndsWith("pack-quantized", StringComparison.Ordinal);
        var activations = group.Nested("input_activations");
        return (isFloat, bits) switch
        {
            _ when format is not null && !IsKnown(format) => throw config.UnknownFormat(format),
            (true, 4) => Float4(config, weights, activations is not null),
            (true, 8) => Codes8("FP8", SafetensorsDataTypes.F8_E4M3, config, weights, activations),
            (false, 4 or 8) when isPacked && (format is not null || bits == 4) => Packed(bits, weights),
            (false, <= 8) => Codes8(bits == 8 ? "INT8" : $"INT{bits} in bytes", GgufDataTypes.I8, config, weights, activations),
            _ => throw config.UnknownFormat($"{bits}-bit {(isFloat ? "float" : "int")}"),
        };
    }

    private static bool IsKnown(string format)
    {
        return format is "pack-quantized" or "int-quantized" or "float-quantized" or "naive-quantized" or "mixed-precision"
            or "nvfp4-pack-quantized" or "mxfp4-pack-quantized" or "mxfp8-quantized";
    }

    private static PackedFloatStorage Float4(QuantizationConfig config, ModelConfig weights, bool hasInputs)
    {
        return QuantizationConfig.GroupSize(weights, 0, "group_size") switch
        {
            16 => PackedFloats.NvFp4OfCompressedTensors(hasInputs),
            32 => PackedFloats.MxFp4("weight_packed"),
            var size => throw config.UnknownFormat($"4-bit float in groups of {size}"),
        };
    }

    private static PackedIntegerStorage Packed(int bits, ModelConfig weights)
    {
        var name = $"W{bits}A16";
        return new PackedIntegerStorage(name, bits, QuantizationConfig.GroupSize(weights, 0, "group_size"))
        {
            HasZeroPoints = !weights.Bool(true, "symmetric"),
            HasGroupIndex = weights.OptionalText("actorder") == "group",
        };
    }

    private static WeightStorage Codes8(
        string name, DataType codeType, QuantizationConfig config, ModelConfig weights, ModelConfig? activations)
    {
        var hasInputScale = activations is not null && activations.Node.Get("dynamic")?.AsBoolean() == false;
        var whenMissing = QuantizationConfig.GroupSize(weights, 0, "group_size") > 0 ? "group" : "tensor";
        var strategy = weights.OptionalText("strategy") ?? whenMissing;
        return strategy switch
        {
            "tensor" => new TensorScaledStorage(name, codeType, config.DataType, hasInputScale),
            "channel" => new RowScaledStorage(name + "-Channel", codeType, null) { HasInputScale = hasInputScale },
            "block" => Block(name, codeType, weights),
            "group" => Group(name, codeType, weights),
            _ => throw config.UnknownFormat(strategy),
        };
    }

    private static BlockScaledStorage Block(string name, DataType codeType, ModelConfig weights)
    {
        var block = weights.IntList("block_structure");
        return block is { Count: 2 } && !block.Contains(0)
            ? new BlockScaledStorage(name + "-Block", codeType, null, block[0], block[1]) { ScaleName = "weight_scale" }
            : throw weights.Invalid("block_structure", "should be two numbers: rows and columns of a block");
    }

    private static BlockScaledStorage Group(string name, DataType codeType, ModelConfig weights)
    {
        var isExponent = weights.OptionalText("scale_dtype")?.EndsWith("uint8", StringComparison.Ordinal) == true;
        return isExponent
            ? PackedFloats.MxFp8
            : new BlockScaledStorage(name + "-Group", codeType, null, 1, weights.Int("group_size")) { ScaleName = "weight_scale" };
    }
}
