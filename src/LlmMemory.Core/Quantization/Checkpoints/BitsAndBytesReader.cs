using LlmMemory.DataTypes;
using LlmMemory.Quantization.Storage;

namespace LlmMemory.Quantization.Checkpoints;

/// <summary>
/// quant_method bitsandbytes: every linear layer, towers included, but the head and what llm_int8_skip_modules names.
/// Sources: transformers/integrations/bitsandbytes.py and utils/quantization_config.py (BitsAndBytesConfig). The hub's
/// elements by type of Llama-3.2-1B in NF4 with double quantisation agree to the last one but for the texts about the
/// weights, which are 95 of 501,762,865 bytes longer here.
/// </summary>
internal static class BitsAndBytesReader
{
    private const string TextAssumption =
        "Beside each weight lies a text about it that ends in a number; how many digits that has is taken, and a byte off on average.";

    /// <summary>Reads the configuration.</summary>
    /// <param name="config">The configuration.</param>
    public static CheckpointQuantization Read(QuantizationConfig config)
    {
        var storage = Storage(config);
        return new CheckpointQuantization
        {
            Rules = [new(storage)],
            Ignored = config.Modules("llm_int8_skip_modules"),
            Assumptions = storage switch
            {
                BitsAndBytes8Storage => [QuantizationConfig.Unconfirmed("LLM.int8")],
                BitsAndBytes4Storage { IsDouble: true } => [TextAssumption],
                _ => [],
            },
        };
    }

    private static WeightStorage Storage(QuantizationConfig config)
    {
        var fields = config.Fields;
        if (!fields.Bool(false, "load_in_4bit", "_load_in_4bit"))
        {
            return fields.Bool(false, "load_in_8bit", "_load_in_8bit")
                ? new BitsAndBytes8Storage()
                : throw fields.Missing("load_in_4bit", "load_in_8bit");
        }

        var kind = fields.OptionalText("bnb_4bit_quant_type") ?? "fp4";
        if (kind is not ("nf4" or "fp4"))
        {
            throw config.UnknownFormat(kind);
        }

        var isDouble = fields.Bool(false, "bnb_4bit_use_double_quant");
        return new BitsAndBytes4Storage(kind.ToUpperInvariant() + (isDouble ? "-DQ" : string.Empty), kind, isDouble)
        {
            CodeType = CodeType(config, fields.OptionalText("bnb_4bit_quant_storage") ?? "uint8"),
        };
    }

    // Sharded training wants the bytes to look like the floats beside them.
    private static DataType CodeType(QuantizationConfig config, string name)
    {
        return name.Replace("torch.", string.Empty) switch
        {
            "uint8" => SafetensorsDataTypes.U8,
            "float16" => DataTypeCatalogue.F16,
            "bfloat16" => DataTypeCatalogue.BF16,
            "float32" => DataTypeCatalogue.F32,
            _ => throw config.UnknownFormat(name),
        };
    }
}
