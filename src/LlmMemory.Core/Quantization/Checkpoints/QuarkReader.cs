using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Quantization.Storage;
using LlmMemory.Sources.Config;

namespace LlmMemory.Quantization.Checkpoints;

/// <summary>
/// AMD's Quark: a configuration for all layers, others for layers that layer_quant_config names, and an exclude list.
/// Source: vllm, quantization/quark/quark.py and schemes/ (w8a8_fp8, w8a8_int8, ocp_mx).
/// </summary>
internal static class QuarkReader
{
    /// <summary>Reads the configuration.</summary>
    /// <param name="config">The configuration.</param>
    public static CheckpointQuantization Read(QuantizationConfig config)
    {
        var rules = new List<QuantizationRule>();
        if (config.Fields.Nested("layer_quant_config") is { } layers)
        {
            foreach (var pattern in config.NamesIn(layers))
            {
                rules.Add(new QuantizationRule(Storage(config, layers.Nested(pattern)), new ModulePatterns([pattern])));
            }
        }

        rules.Add(new QuantizationRule(Storage(config, config.Fields.Nested("global_quant_config"))));
        return new CheckpointQuantization { Rules = rules, Ignored = config.Modules("exclude"), Assumptions = [QuantizationConfig.Unconfirmed("Quark")] };
    }

    private static WeightStorage? Storage(QuantizationConfig config, ModelConfig? layer)
    {
        if (layer?.Nested("weight") is not { } weight)
        {
            return null;
        }

        var hasInputScale = layer.Nested("input_tensors") is { } inputs && !inputs.Bool(true, "is_dynamic");
        var dataType = weight.Text("dtype");
        var scheme = weight.Text("qscheme");
        return (dataType, scheme) switch
        {
            ("fp8_e4m3", "per_tensor") =>
                new TensorScaledStorage("FP8", SafetensorsDataTypes.F8_E4M3, DataTypeCatalogue.F32, hasInputScale),
            ("fp8_e4m3", "per_channel") => new RowScaledStorage("FP8-Channel", SafetensorsDataTypes.F8_E4M3, DataTypeCatalogue.F32),
            ("int8", "per_tensor") => new TensorScaledStorage("INT8", GgufDataTypes.I8, DataTypeCatalogue.F32, hasInputScale),
            ("int8", "per_channel") => new RowScaledStorage("INT8-Channel", GgufDataTypes.I8, DataTypeCatalogue.F32),
            ("fp4", "per_group") when weight.OptionalInt("group_size") == 32 => PackedFloats.MxFp4("weight"),
            _ => throw config.UnknownFormat($"{dataType} {scheme}"),
        };
    }
}
