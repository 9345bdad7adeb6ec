using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Quantization.Storage;
using LlmMemory.Sources.Config;

namespace LlmMemory.Quantization.Checkpoints;

/// <summary>
/// quant_method auto-round: GPTQ's or AWQ's way to pack, in the blocks that block_name_to_quantize names, with modules
/// of other bits in extra_config. Sources: intel/auto-round, auto_round/export/export_to_autoround/export.py (groups of
/// inputs are stored for the packing of GPTQModel alone) and inference/convert_model.py.
/// </summary>
internal static class AutoRoundReader
{
    private static readonly int[] KnownBits = [2, 3, 4, 8];

    private static readonly string[] BlockFields = ["block_name_to_quantize", "to_quant_block_names"];

    /// <summary>Reads the configuration.</summary>
    /// <param name="config">The configuration.</param>
    public static CheckpointQuantization Read(QuantizationConfig config)
    {
        var packing = config.Fields.OptionalText("packing_format") ?? "auto_round:auto_gptq";
        EnsureIntegers(config, packing);

        var bits = config.Bits(KnownBits, "bits");
        var groupSize = config.GroupSize(128, "group_size");
        var rules = OwnRules(config, packing, bits, groupSize);
        rules.Add(new QuantizationRule(Storage(packing, bits, groupSize), Blocks(config.Fields)));
        return new CheckpointQuantization
        {
            Rules = rules,
            Ignored = config.Modules("modules_to_not_convert"),
            LeavesTowers = !config.Fields.Has(BlockFields),
            Assumptions = [QuantizationConfig.Unconfirmed("AutoRound")],
        };
    }

    // Floats, quantised inputs and what other tools pack are stored otherwise.
    private static void EnsureIntegers(QuantizationConfig config, string packing)
    {
        var dataType = config.Fields.OptionalText("data_type") ?? "int";
        var isKnown = packing.IndexOf("gptq", StringComparison.Ordinal) >= 0 || packing.IndexOf("awq", StringComparison.Ordinal) >= 0;
        if (!isKnown || dataType != "int" || (config.Fields.OptionalInt("act_bits") ?? 16) < 16)
        {
            throw config.UnknownFormat(dataType == "int" ? packing : dataType);
        }
    }

    private static WeightStorage Storage(string packing, int bits, long groupSize)
    {
        return packing.IndexOf("awq", StringComparison.Ordinal) >= 0
            ? new AwqStorage("AWQ", bits, groupSize)
            : new GptqStorage(bits == 4 ? "GPTQ" : $"GPTQ-Int{bits}", bits, groupSize, HasGroupIndex: packing.IndexOf("gptqmodel", StringComparison.Ordinal) >= 0);
    }

    private static List<QuantizationRule> OwnRules(QuantizationConfig config, string packing, int bits, long groupSize)
    {
        var rules = new List<QuantizationRule>();
        if (config.Fields.Nested("extra_config") is not { } extra)
        {
            return rules;
        }

        // Every layer of a model may be listed: those that are stored alike have one rule.
        foreach (var alike in extra.Node.Members.Keys.GroupBy(module => Own(config, extra, module, bits, groupSize)))
        {
            var storage = alike.Key.Bits >= 16 ? null : Storage(packing, alike.Key.Bits, alike.Key.GroupSize);
            rules.Add(new QuantizationRule(storage, new ModulePatterns(alike)));
        }

        return rules;
    }

    private static (int Bits, long GroupSize) Own(QuantizationConfig config, ModelConfig extra, string module, int bits, long groupSize)
    {
        var own = config with { Fields = extra.Nested(module) ?? throw extra.Invalid(module, "should be an object") };
        return (own.Fields.Has("bits") ? own.Bits([.. KnownBits, 16, 32], "bits") : bits, own.GroupSize(groupSize, "group_size"));
    }

    // One list, or names with commas between them; null for the language model's decoder.
    private static ModulePatterns? Blocks(ModelConfig fields)
    {
        if (!fields.Has(BlockFields))
        {
            return null;
        }

        var names = fields.IsList(BlockFields) ? fields.TextList(BlockFields)! : fields.Text(BlockFields).Split(',');
        var blocks = new List<string>();
        foreach (var name in names)
        {
            blocks.Add(name.Trim());
        }

        return new ModulePatterns(blocks);
    }
}
