using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Reading;

/// <summary>
/// Reads how much of a head is turned by its position. Where the configuration does not say it, its class does, as
/// transformers writes it down (configuration_*.py of each model); where no class says anything, all of it is.
/// </summary>
internal static class RotaryPositionsReader
{
    private static readonly string[] ShareFields = ["partial_rotary_factor", "rotary_pct", "rotary_emb_fraction"];

    private static readonly string[] SizeFields = ["rotary_dim", "rotary_emb_dim"];

    // chatglm turns half of a head in its own code (modeling_chatglm.py), and so do its successors.
    private static readonly Dictionary<string, double> ShareOfClass = new(StringComparer.Ordinal)
    {
        ["bamba"] = 0.5,
        ["chatglm"] = 0.5,
        ["fuyu"] = 0.5,
        ["glm"] = 0.5,
        ["glm4"] = 0.5,
        ["glm4_bias"] = 0.5,
        ["glm4_moe"] = 0.5,
        ["glm4v"] = 0.5,
        ["glm4v_text"] = 0.5,
        ["glm4v_moe"] = 0.5,
        ["glm4v_moe_text"] = 0.5,
        ["gpt_neox"] = 0.25,
        ["nemotron"] = 0.5,
        ["persimmon"] = 0.5,
        ["phi"] = 0.5,
        ["qwen3_5"] = 0.25,
        ["qwen3_5_text"] = 0.25,
        ["qwen3_5_moe"] = 0.25,
        ["qwen3_5_moe_text"] = 0.25,
        ["qwen3_next"] = 0.25,
        ["stablelm"] = 0.25,

        // Their attention has no positions, or biases instead of them.
        ["bloom"] = 0,
        ["jamba"] = 0,
        ["mpt"] = 0,
        ["nemotron_h"] = 0,
    };

    private static readonly Dictionary<string, int> SizeOfClass = new(StringComparer.Ordinal)
    {
        ["codegen"] = 64,
        ["gptj"] = 64,
        ["minimax_m2"] = 64,
        ["minimax_text_01"] = 64,
    };

    // mrope_section is in every one of their published files.
    private static readonly string[] MultimodalClasses =
        ["glm4v", "qwen2_vl", "qwen2_5_vl", "qwen3_vl", "qwen3_5"];

    /// <summary>How positions turn a head.</summary>
    /// <param name="config">The configuration of the language model.</param>
    /// <param name="modelType">The model_type of the language model.</param>
    /// <param name="wholeType">That of the whole model.</param>
    public static RotaryPositions Read(ModelConfig config, string modelType, string wholeType)
    {
        var parameters = config.Nested("rope_parameters", "rope_scaling");
        var isMultimodal = parameters?.Has("mrope_section") == true
            || MultimodalClasses.Any(name => wholeType.StartsWith(name, StringComparison.Ordinal));
        if (HasNone(config) || (ShareOfClass.TryGetValue(modelType, out var share) && share == 0))
        {
            return new RotaryPositions(0);
        }

        var said = parameters?.Number(ShareFields) ?? config.Number(ShareFields);
        var size = said is null ? config.OptionalInt(SizeFields) ?? Size(modelType) : null;
        return new RotaryPositions(
            parameters?.OptionalText("rope_type", "type") == "proportional" ? 1 : Checked(config, said) ?? (share == 0 ? 1 : share),
            size,
            isMultimodal);
    }

    // Falcon's biases, and Granite's layers without positions.
    private static bool HasNone(ModelConfig config)
    {
        return config.Bool(false, "alibi") || config.OptionalText("position_embedding_type") is "nope" or "alibi";
    }

    private static int? Size(string modelType)
    {
        return SizeOfClass.TryGetValue(modelType, out var size) ? size : null;
    }

    private static double? Checked(ModelConfig config, double? share)
    {
        return share is null or (> 0 and <= 1)
            ? share
            : throw config.Invalid(ShareFields[0], $"is {share}, and should be a share of a head above 0 and up to 1");
    }
}
