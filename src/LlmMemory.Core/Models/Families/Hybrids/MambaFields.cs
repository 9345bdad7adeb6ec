using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>Reads the state spaces of configurations that name their fields alike.</summary>
internal static class MambaFields
{
    /// <summary>Fields named <c>mamba_n_heads</c>, <c>mamba_d_state</c> and so on: Bamba, Granite 4, Falcon-H1.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="hiddenSize">The width of the hidden states.</param>
    public static Mamba2 Mamba2(ModelConfig config, int hiddenSize)
    {
        var heads = config.Int("mamba_n_heads");
        var inner = config.OptionalInt("mamba_d_ssm", "mamba_intermediate") ?? (config.OptionalInt("mamba_expand") ?? 2) * hiddenSize;
        var bias = config.Bool(false, "mamba_proj_bias");
        return new Mamba2
        {
            HiddenSize = hiddenSize,
            Heads = heads,
            HeadSize = HeadSize(config, "mamba_d_head", inner, heads, "mamba_n_heads"),
            Groups = config.OptionalInt("mamba_n_groups") ?? 1,
            StateSize = config.Int("mamba_d_state"),
            ConvolutionKernel = config.Int("mamba_d_conv"),
            ConvolutionBias = config.Bool(true, "mamba_conv_bias"),
            InputBias = bias,
            OutputBias = bias,
            Prefix = "mamba.",
        };
    }

    /// <summary>The rank of the projection to time steps; a sixteenth of the hidden size where nothing else is said.</summary>
    public static int TimeStepRank(ModelConfig config, string name, int hiddenSize)
    {
        return IsAuto(config, name) ? (hiddenSize + 15) / 16 : config.Int(name);
    }

    /// <summary>The channels of a head; those of all heads shared out where nothing else is said.</summary>
    public static int HeadSize(ModelConfig config, string name, int innerSize, int heads, string headsName)
    {
        if (!IsAuto(config, name))
        {
            return config.Int(name);
        }

        return innerSize % heads == 0
            ? innerSize / heads
            : throw config.Invalid(headsName, $"is {heads}, which does not divide the {innerSize} channels of the state space");
    }

    private static bool IsAuto(ModelConfig config, string name)
    {
        return config.Node.Get(name) is not { } node || node.AsText() == "auto";
    }
}
