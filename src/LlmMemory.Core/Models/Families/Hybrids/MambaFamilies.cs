using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>
/// Models of nothing but state spaces: one normalisation and one mixer a layer. Sources: transformers,
/// models/{mamba, falcon_mamba, mamba2}/modeling_*.py.
/// </summary>
internal static class MambaFamilies
{
    private static readonly DecoderFrame Frame = new() { Prefix = "backbone.", Embedding = "embeddings", FinalNorm = "norm_f" };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new(config => BuildMamba(config, Frame with { TiesByDefault = true }), "mamba"),
        new(config => BuildMamba(config, Frame), "falcon_mamba"),
        new(BuildMamba2, "mamba2"),
    ];

    private static LanguageModel BuildMamba(ModelConfig config, DecoderFrame frame)
    {
        var dimensions = DecoderDimensions.Read(config);
        var hiddenSize = dimensions.HiddenSize;
        var bias = config.Bool(false, "use_bias");
        return Build(config, frame, dimensions, new Mamba
        {
            HiddenSize = hiddenSize,
            InnerSize = config.OptionalInt("intermediate_size", "d_inner") ?? (config.OptionalInt("expand") ?? 2) * hiddenSize,
            StateSize = config.Int("state_size"),
            TimeStepRank = MambaFields.TimeStepRank(config, "time_step_rank", hiddenSize),
            ConvolutionKernel = config.Int("conv_kernel"),
            ConvolutionBias = config.Bool(true, "use_conv_bias"),
            ProjectionBias = bias,
            HasPlainInnerNorms = config.ModelType == "falcon_mamba",
        });
    }

    private static LanguageModel BuildMamba2(ModelConfig config)
    {
        var dimensions = DecoderDimensions.Read(config);
        var bias = config.Bool(false, "use_bias");
        return Build(config, Frame, dimensions, new Mamba2
        {
            HiddenSize = dimensions.HiddenSize,
            Heads = config.Int("num_heads"),
            HeadSize = config.Int("head_dim"),
            Groups = config.OptionalInt("n_groups") ?? 1,
            StateSize = config.Int("state_size"),
            ConvolutionKernel = config.Int("conv_kernel"),
            ConvolutionBias = config.Bool(true, "use_conv_bias"),
            InputBias = bias,
            OutputBias = bias,
        });
    }

    private static LanguageModel Build(ModelConfig config, DecoderFrame frame, DecoderDimensions dimensions, RecurrentMixer mixer)
    {
        return frame.Around(config, dimensions, _ => [new Norm("norm", dimensions.HiddenSize), mixer]);
    }
}
