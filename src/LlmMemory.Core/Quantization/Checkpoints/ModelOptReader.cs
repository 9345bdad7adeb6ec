using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Quantization.Storage;
using LlmMemory.Sources.Config;

namespace LlmMemory.Quantization.Checkpoints;

/// <summary>
/// NVIDIA's ModelOpt, in config.json or in hf_quant_config.json: one algorithm for all linear layers but those that
/// exclude_modules (ignore in config.json) names, or one for each layer where it says MIXED_PRECISION. Routers and vision
/// towers stay whether they are named or not. Sources: vllm, quantization/modelopt.py; NVIDIA/Model-Optimizer,
/// modelopt/torch/export (unified_export_hf.py, quant_utils.py). The hub's elements by type of
/// nvidia/Qwen3.6-35B-A3B-NVFP4 agree to the last one; it does not count scalars, as the scales of whole weights are.
/// </summary>
internal static class ModelOptReader
{
    private const string AlgorithmField = "quant_algo";

    private const string LayersField = "quantized_layers";

    private const string NoListAssumption =
        "The quantisation names no modules that stay as they are: embeddings, heads, routers and normalisations are taken to.";

    /// <summary>True where the algorithms are listed layer by layer.</summary>
    /// <param name="fields">The configuration.</param>
    public static bool HasLayers(ModelConfig fields)
    {
        return fields.Nested(LayersField) is not null;
    }

    /// <summary>Reads the configuration.</summary>
    /// <param name="config">The configuration.</param>
    public static CheckpointQuantization Read(QuantizationConfig config)
    {
        if (HasLayers(config.Fields))
        {
            return ReadLayers(config, []);
        }

        return new CheckpointQuantization
        {
            Rules = [new(Storage(config, config.Fields.Text(AlgorithmField)))],
            Ignored = Excluded(config),
            LeavesTowers = true,
            LeavesRouters = true,
            CacheScales = Caches(config.Fields),
            KvCacheDataType = KvCacheType(config.Fields),
            Assumptions = config.Fields.Has("exclude_modules", "ignore") ? [] : [NoListAssumption],
        };
    }

    /// <summary>Reads a list of layers with an algorithm each.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="rest">How the other layers are stored; as they are where there are no rules.</param>
    public static CheckpointQuantization ReadLayers(QuantizationConfig config, IReadOnlyList<QuantizationRule> rest)
    {
        var layers = config.Fields.Nested(LayersField) ?? throw config.Fields.Missing(LayersField);
        var rules = layers.Node.Members.Keys
            .GroupBy(name => layers.Nested(name)?.Text(AlgorithmField) ?? throw layers.Invalid(name, "should be an object"))
            .Select(group => new QuantizationRule(Storage(config, group.Key), new ModulePatterns(group)));

        // Where layers are listed, what is excluded is excluded from 4 bits: the rest may have a method of its own.
        return new CheckpointQuantization
        {
            Rules = [.. rules, .. rest],
            Ignored = rest.Count == 0 ? Excluded(config) : ModulePatterns.None,
            LeavesRouters = true,
            CacheScales = Caches(config.Fields),
            KvCacheDataType = KvCacheType(config.Fields),
        };
    }

    private static CacheScales? Caches(ModelConfig fields)
    {
        return fields.Has("kv_cache_quant_algo") || CompressedTensorsReader.HasCacheScales(fields)
            ? new CacheScales(DataTypeCatalogue.F32, IsOfProjection: true)
            : null;
    }

    private static ModulePatterns Excluded(QuantizationConfig config)
    {
        return config.Modules("exclude_modules", "ignore");
    }

    private static string? KvCacheType(ModelConfig fields)
    {
        return fields.OptionalText("kv_cache_quant_algo") ?? CompressedTensorsReader.KvCacheType(fields);
    }

    private static WeightStorage Storage(QuantizationConfig config, string algorithm)
    {
        if (algorithm.EndsWith("NVFP4", StringComparison.OrdinalIgnoreCase) && config.GroupSize(16, "group_size") != 16)
        {
            throw config.UnknownFormat($"{algorithm} in groups of {config.GroupSize(16, "group_size")}");
        }

        // Some versions write small letters.
        return algorithm.ToUpperInvariant() switch
        {
            "FP8" => new TensorScaledStorage("FP8", SafetensorsDataTypes.F8_E4M3, DataTypeCatalogue.F32, HasInputScale: true),
            "FP8_PER_CHANNEL_PER_TOKEN" => new RowScaledStorage("FP8-Channel", SafetensorsDataTypes.F8_E4M3, DataTypeCatalogue.F32),
            "FP8_PB_WO" => new BlockScaledStorage("FP8-Block", SafetensorsDataTypes.F8_E4M3, DataTypeCatalogue.F32, 128, 128)
            {
                ScaleName = "weight_scale",
            },
            "NVFP4" => PackedFloats.NvFp4OfModelOpt(quantizesInputs: true),
            "W4A16_NVFP4" => PackedFloats.NvFp4OfModelOpt(quantizesInputs: false),
            "MXFP4" => PackedFloats.MxFp4("weight"),
            "MXFP8" => PackedFloats.MxFp8,
            _ => throw config.UnknownFormat(algorithm),
        };
    }
}
