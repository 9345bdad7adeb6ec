using System;
using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Naming;
using LlmMemory.Sources.Config;

namespace LlmMemory.Quantization.Checkpoints;

/// <summary>
/// Reads what a model's files say about its quantisation: the quantization_config of config.json, wherever it stands
/// there, or the hf_quant_config.json that NVIDIA's tools write beside it.
/// </summary>
internal static class QuantizationReader
{
    /// <summary>The file that NVIDIA's tools write.</summary>
    public const string ModelOptFile = "hf_quant_config.json";

    private const string MethodField = "quant_method";

    private const string ModelOptMethod = "modelopt";

    private static readonly string[] Names = ["quantization_config", "compression_config"];

    private static readonly Dictionary<string, Func<QuantizationConfig, CheckpointQuantization>> Methods = new(StringComparer.Ordinal)
    {
        ["fp8"] = Fp8Reader.Read,
        ["fbgemm_fp8"] = Fp8Reader.ReadRows,
        ["gptq"] = GptqReader.Read,
        ["awq"] = AwqReader.Read,
        ["auto-round"] = AutoRoundReader.Read,
        ["intel/auto-round"] = AutoRoundReader.Read,
        ["bitsandbytes"] = BitsAndBytesReader.Read,
        ["compressed-tensors"] = CompressedTensorsReader.Read,
        ["mxfp4"] = Mxfp4Reader.Read,
        [ModelOptMethod] = ModelOptReader.Read,
        ["modelopt_fp4"] = ModelOptReader.Read,
        ["modelopt_mixed"] = ModelOptReader.Read,
        ["hqq"] = HqqReader.Read,
        ["aqlm"] = AqlmReader.Read,
        ["quark"] = QuarkReader.Read,
        ["torchao"] = TorchAoReader.Read,
    };

    /// <summary>What the files say; null where the model is not quantised.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <param name="modelOpt">The hf_quant_config.json beside it, null where there is none.</param>
    /// <param name="dataType">The data type of what is not quantised.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.QuantizationUnknown"/>, <see cref="ErrorIds.ConfigFieldMissing"/> or
    /// <see cref="ErrorIds.ConfigFieldInvalid"/>.
    /// </exception>
    public static CheckpointQuantization? Read(ModelConfig config, ModelConfig? modelOpt, DataType dataType)
    {
        var (fields, method, isNested) = Find(config, modelOpt);
        if (fields is null)
        {
            return null;
        }

        var quantization = Methods.TryGetValue(method, out var read)
            ? read(new QuantizationConfig(fields, config, dataType))
            : throw Unknown(config, method);

        // What stands in the language model's own configuration does not speak for the towers beside it.
        return isNested ? quantization with { LeavesTowers = true } : quantization;
    }

    private static (ModelConfig? Fields, string Method, bool IsNested) Find(ModelConfig config, ModelConfig? modelOpt)
    {
        var outer = config.Nested(Names);
        var fields = outer ?? config.Nested("text_config", "llm_config", "language_config")?.Nested(Names);
        var method = fields is null ? string.Empty : Method(fields);

        // The file beside the configuration is the one that was written by the tool; other methods do not write it.
        var isModelOpt = fields is null || method.StartsWith(ModelOptMethod, StringComparison.Ordinal);
        return isModelOpt && modelOpt?.Nested("quantization") is { } separate
            ? (separate, ModelOptMethod, false)
            : (fields, method, outer is null);
    }

    // bitsandbytes and torchao wrote no method at first; their fields are like no other's.
    private static string Method(ModelConfig fields)
    {
        return fields.OptionalText(MethodField) is { } method ? method
            : fields.Has("load_in_4bit", "load_in_8bit") ? "bitsandbytes"
            : fields.Has("config_groups") ? "compressed-tensors"
            : throw fields.Missing(MethodField);
    }

    private static LlmMemoryException Unknown(ModelConfig config, string method)
    {
        var nearest = string.Join(" or ", NearestSpellings.Find(method, Methods.Keys));
        var hint = nearest.Length > 0 ? $" Did they mean {nearest}?" : string.Empty;
        return new LlmMemoryException(
            ErrorIds.QuantizationUnknown,
            method,
            $"{Quoted.Value(config.Source)} is quantised by {Quoted.Value(method)}, and how that stores weights is not known.{hint} "
            + $"Known: {string.Join(", ", Methods.Keys)}. The headers of the model's safetensors files tell its exact bytes.");
    }
}
