using System;
using System.Collections.Generic;
using LlmMemory.Quantization.Storage;

namespace LlmMemory.Quantization.Checkpoints;

/// <summary>quant_method aqlm. Source: transformers/utils/quantization_config.py (AqlmConfig).</summary>
internal static class AqlmReader
{
    /// <summary>Reads the configuration.</summary>
    /// <param name="config">The configuration.</param>
    public static CheckpointQuantization Read(QuantizationConfig config)
    {
        var fields = config.Fields;
        var storage = new AqlmStorage(
            "AQLM",
            fields.OptionalInt("num_codebooks") ?? 1,
            fields.OptionalInt("nbits_per_codebook") ?? 16,
            fields.OptionalInt("in_group_size") ?? 8,
            fields.OptionalInt("out_group_size") ?? 1);
        if (storage.CodeBits > 16)
        {
            throw config.UnknownFormat($"AQLM with codes of {storage.CodeBits} bits");
        }

        return new CheckpointQuantization
        {
            Rules = [new(storage)],
            Ignored = new ModulePatterns(Kept(fields.TextList("linear_weights_not_to_quantize") ?? [])),
            LeavesTowers = true,
            Assumptions = [QuantizationConfig.Unconfirmed("AQLM")],
        };
    }

    // The list names tensors where others name modules.
    private static IEnumerable<string> Kept(IEnumerable<string> names)
    {
        const string Weight = ".weight";
        foreach (var name in names)
        {
            yield return name.EndsWith(Weight, StringComparison.Ordinal) ? name.Substring(0, name.Length - Weight.Length) : name;
        }
    }
}
