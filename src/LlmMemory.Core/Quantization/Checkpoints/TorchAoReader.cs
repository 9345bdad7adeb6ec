using LlmMemory.DataTypes;
using LlmMemory.Quantization.Storage;
using LlmMemory.Sources.Config;

namespace LlmMemory.Quantization.Checkpoints;

/// <summary>
/// quant_method torchao: a name (int4_weight_only), or since version 0.10 an object with a type and its data. Such
/// models are mostly saved as pickles; the bytes are those of the tensors in them. Sources:
/// transformers/utils/quantization_config.py (TorchAoConfig); pytorch/ao, torchao/quantization/quant_api.py.
/// </summary>
internal static class TorchAoReader
{
    private const string PickleAssumption =
        "torchao keeps weights in objects of its own: their tensors are counted, under names that a file may spell otherwise.";

    /// <summary>Reads the configuration.</summary>
    /// <param name="config">The configuration.</param>
    public static CheckpointQuantization Read(QuantizationConfig config)
    {
        return new CheckpointQuantization
        {
            Rules = [new(Storage(config))],
            Ignored = config.Modules("modules_to_not_convert"),
            IncludesHead = config.Fields.Bool(false, "include_input_output_embeddings"),
            Assumptions = [PickleAssumption, QuantizationConfig.Unconfirmed("torchao")],
        };
    }

    private static WeightStorage Storage(QuantizationConfig config)
    {
        if (config.Fields.Nested("quant_type") is { } types)
        {
            var type = types.Nested("default") ?? types;
            return Storage(config, type.Text("_type").Replace("Config", string.Empty), type.Nested("_data"));
        }

        return Storage(config, config.Fields.Text("quant_type"), config.Fields.Nested("quant_type_kwargs"));
    }

    private static WeightStorage Storage(QuantizationConfig config, string type, ModelConfig? data)
    {
        var isPerRow = data?.Node.Get("granularity") is { } granularity && HasRows(granularity);
        return type switch
        {
            "int4_weight_only" or "Int4WeightOnly" => new TileIntegerStorage(data?.OptionalInt("group_size") ?? 128),
            "int8_weight_only" or "Int8WeightOnly" or "int8_dynamic_activation_int8_weight" or "Int8DynamicActivationInt8Weight" =>
                new RowScaledStorage("INT8", GgufDataTypes.I8, null),
            "float8_weight_only" or "Float8WeightOnly" =>
                new RowScaledStorage("FP8-Channel", SafetensorsDataTypes.F8_E4M3, DataTypeCatalogue.F32),
            "float8_dynamic_activation_float8_weight" or "Float8DynamicActivationFloat8Weight" when isPerRow =>
                new RowScaledStorage("FP8-Channel", SafetensorsDataTypes.F8_E4M3, DataTypeCatalogue.F32),
            "float8_dynamic_activation_float8_weight" or "Float8DynamicActivationFloat8Weight" =>
                new TensorScaledStorage("FP8", SafetensorsDataTypes.F8_E4M3, DataTypeCatalogue.F32, HasInputScale: false),
            _ => throw config.UnknownFormat(type),
        };
    }

    // One granularity, or one for inputs and one for weights.
    private static bool HasRows(Json.JsonNode granularity)
    {
        if (granularity.Get("_type")?.AsText() == "PerRow")
        {
            return true;
        }

        foreach (var item in granularity.Items)
        {
            if (HasRows(item))
            {
                return true;
            }
        }

        return false;
    }
}
