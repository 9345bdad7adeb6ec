using System;
using System.Collections.Generic;
using LlmMemory.Quantization.Storage;

namespace LlmMemory.Quantization.Checkpoints;

/// <summary>
/// quant_method gptq: every linear layer of the decoder but routers, unless modules_in_block_to_quantize names fewer or
/// rules of GPTQModel's dynamic say otherwise. Sources: transformers/utils/quantization_config.py (GPTQConfig);
/// ModelCloud/GPTQModel, QuantizeConfig (dynamic: '-:' leaves modules out, '+:' gives them other bits; FORMAT: gptq_v2
/// differs in the values of zero points alone) and nn_modules/qlinear (qweight, qzeros, scales, g_idx).
/// </summary>
internal static class GptqReader
{
    private static readonly int[] KnownBits = [2, 3, 4, 8];

    /// <summary>Reads the configuration.</summary>
    /// <param name="config">The configuration.</param>
    public static CheckpointQuantization Read(QuantizationConfig config)
    {
        EnsureFormat(config);
        var bits = config.Bits(KnownBits, "bits");
        var groupSize = config.GroupSize(128, "group_size");
        var rules = DynamicRules(config, bits, groupSize);
        rules.Add(new QuantizationRule(Storage(bits, groupSize), Targets(config)));
        return new CheckpointQuantization
        {
            Rules = rules,
            Ignored = config.Modules("modules_to_not_convert"),
            LeavesTowers = true,
            LeavesRouters = true,
            IncludesHead = config.Fields.Bool(false, "lm_head"),
        };
    }

    // Kernels' own layouts, and words of other lengths, are stored otherwise.
    private static void EnsureFormat(QuantizationConfig config)
    {
        var fields = config.Fields;
        var format = fields.Bool(false, "is_marlin_format") ? "marlin" : fields.OptionalText("checkpoint_format", "format") ?? "gptq";
        if (format is not ("gptq" or "gptq_v2"))
        {
            throw config.UnknownFormat(format);
        }

        var word = fields.OptionalText("pack_dtype") ?? "int32";
        if (word.Replace("torch.", string.Empty) != "int32")
        {
            throw config.UnknownFormat($"GPTQ in words of {word}");
        }
    }

    private static GptqStorage Storage(int bits, long groupSize)
    {
        return new GptqStorage(bits == 4 ? "GPTQ" : $"GPTQ-Int{bits}", bits, groupSize);
    }

    private static List<QuantizationRule> DynamicRules(QuantizationConfig config, int bits, long groupSize)
    {
        var rules = new List<QuantizationRule>();
        if (config.Fields.Nested("dynamic") is not { } dynamic)
        {
            return rules;
        }

        foreach (var pattern in config.NamesIn(dynamic))
        {
            var isLeftOut = pattern.StartsWith("-:", StringComparison.Ordinal);
            var hasMark = isLeftOut || pattern.StartsWith("+:", StringComparison.Ordinal);
            var modules = new ModulePatterns(["re:" + (hasMark ? pattern.Substring(2) : pattern)]);
            var own = dynamic.Nested(pattern);
            rules.Add(new QuantizationRule(isLeftOut || own is null ? null : Own(config with { Fields = own }, bits, groupSize), modules));
        }

        return rules;
    }

    private static GptqStorage Own(QuantizationConfig own, int bits, long groupSize)
    {
        return Storage(own.Fields.Has("bits") ? own.Bits(KnownBits, "bits") : bits, own.GroupSize(groupSize, "group_size"));
    }

    private static ModulePatterns? Targets(QuantizationConfig config)
    {
        if (config.Fields.List("modules_in_block_to_quantize") is not { Count: > 0 } steps)
        {
            return null;
        }

        var names = new List<string>();
        foreach (var step in steps)
        {
            names.AddRange(step.AsText() is { } one ? [one] : Texts(step));
        }

        return new ModulePatterns(names);
    }

    private static IEnumerable<string> Texts(Json.JsonNode step)
    {
        foreach (var item in step.Items)
        {
            if (item.AsText() is { } name)
            {
                yield return name;
            }
        }
    }
}
