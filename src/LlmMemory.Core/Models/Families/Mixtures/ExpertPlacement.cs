using System;
using System.Collections.Generic;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>Which layers of a decoder have experts, in the ways that configurations say it.</summary>
internal static class ExpertPlacement
{
    private const string Frequency = "moe_layer_freq";

    /// <summary>
    /// All but the first few (first_k_dense_replace), and of those every few (moe_layer_freq), which may also be a
    /// list of flags. Source: modeling_deepseek.py of deepseek-ai/deepseek-moe-16b-base.
    /// </summary>
    /// <param name="config">The configuration.</param>
    /// <param name="layers">How many layers there are.</param>
    public static Func<int, bool> AfterDense(ModelConfig config, int layers)
    {
        var dense = config.Count(0, "first_k_dense_replace");
        if (config.IsList(Frequency))
        {
            var flags = config.IntList(Frequency)!;
            return flags.Count >= layers
                ? index => index >= layers || flags[index] != 0
                : throw config.Invalid(Frequency, $"has {flags.Count} entries and the model {layers} layers");
        }

        var every = config.OptionalInt(Frequency) ?? 1;
        return index => index >= dense && index % every == 0;
    }

    /// <summary>
    /// Every few layers (decoder_sparse_step), but for some (mlp_only_layers). Source: transformers,
    /// models/qwen2_moe/modeling_qwen2_moe.py.
    /// </summary>
    /// <param name="config">The configuration.</param>
    public static Func<int, bool> EverySparseStep(ModelConfig config)
    {
        var step = config.OptionalInt("decoder_sparse_step") ?? 1;
        HashSet<int> dense = [.. config.IntList("mlp_only_layers") ?? []];
        return index => !dense.Contains(index) && (index + 1) % step == 0;
    }
}
