using System;
using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>
/// Jamba: Mamba with inner normalisations, attention once in a period, and a mixture of experts once in another.
/// Source: transformers, models/jamba/modular_jamba.py and configuration_jamba.py.
/// </summary>
internal static class JambaFamily
{
    private const string Prefix = "feed_forward.";

    private static readonly DecoderFrame Frame = new() { FinalNorm = "final_layernorm" };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "jamba")];

    private static LanguageModel Build(ModelConfig config)
    {
        var dimensions = DecoderDimensions.Read(config);
        var attention = HybridAttention.Plain(dimensions);
        var mamba = Mamba(config, dimensions.HiddenSize);
        var mlp = new DenseMlp
        {
            HiddenSize = dimensions.HiddenSize,
            IntermediateSize = dimensions.IntermediateSize,
            Names = MlpNames.Llama with { Prefix = Prefix },
        };
        var experts = config.Count(16, "num_experts") > 1 ? HybridExperts.Jamba(config, dimensions, Prefix) : null;
        var hasAttention = Periodic(config, "attn", 8, 4);
        var hasExperts = Periodic(config, "expert", 2, 1);
        return Frame.Around(config, dimensions, index =>
        [
            new Norm("input_layernorm", dimensions.HiddenSize),
            hasAttention(index) ? attention : mamba,
            new Norm("pre_ff_layernorm", dimensions.HiddenSize),
            experts is not null && hasExperts(index) ? experts : mlp,
        ]);
    }

    private static Func<int, bool> Periodic(ModelConfig config, string what, int periodWhenMissing, int offsetWhenMissing)
    {
        var period = config.OptionalInt(what + "_layer_period") ?? periodWhenMissing;
        var offset = config.Count(offsetWhenMissing, what + "_layer_offset");
        return index => index % period == offset;
    }

    private static Mamba Mamba(ModelConfig config, int hiddenSize)
    {
        return new Mamba
        {
            HiddenSize = hiddenSize,
            InnerSize = (config.OptionalInt("mamba_expand") ?? 2) * hiddenSize,
            StateSize = config.OptionalInt("mamba_d_state") ?? 16,
            TimeStepRank = MambaFields.TimeStepRank(config, "mamba_dt_rank", hiddenSize),
            ConvolutionKernel = config.OptionalInt("mamba_d_conv") ?? 4,
            ConvolutionBias = config.Bool(true, "mamba_conv_bias"),
            ProjectionBias = config.Bool(false, "mamba_proj_bias"),
            HasInnerNorms = true,
            Prefix = "mamba.",
        };
    }
}
