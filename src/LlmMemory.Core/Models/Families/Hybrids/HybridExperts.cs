using LlmMemory.Models.Blocks;
using LlmMemory.Models.Families.Mixtures;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>The mixtures of experts that stand in hybrids, with the names that each family's checkpoints have.</summary>
internal static class HybridExperts
{
    private static readonly MixtureNames Lfm2Names = new()
    {
        Prefix = "feed_forward.",
        CorrectionBias = "expert_bias",
        Experts = new() { Prefix = "experts.*.", Gate = "w1", Up = "w3", Down = "w2" },
    };

    /// <summary>Jamba's: a router by its own name, experts like its dense network.</summary>
    public static MixtureOfExperts Jamba(ModelConfig config, DecoderDimensions dimensions, string prefix)
    {
        var experts = config.Count(16, "num_experts");
        var chosen = config.OptionalInt("num_experts_per_tok") ?? 2;
        return new MixtureOfExperts
        {
            HiddenSize = dimensions.HiddenSize,
            Experts = experts,
            ExpertsPerToken = ChosenExperts.Checked(config, "num_experts_per_tok", chosen, experts),
            ExpertIntermediateSize = dimensions.IntermediateSize,
            Names = new() { Prefix = prefix, Router = "router" },
        };
    }

    /// <summary>Granite 4's: two tensors for all experts.</summary>
    public static MixtureOfExperts Granite(ModelConfig config, DecoderDimensions dimensions)
    {
        return MixtureFields.Read(config, dimensions.HiddenSize, dimensions.IntermediateSize) with
        {
            Storage = ExpertStorage.StackedByOutput,
            Names = MixtureNames.Granite,
        };
    }

    /// <summary>MiniMax's, which are Mixtral's.</summary>
    public static MixtureOfExperts MiniMax(ModelConfig config, DecoderDimensions dimensions)
    {
        return MixtureFields.Read(config, dimensions.HiddenSize, dimensions.IntermediateSize) with { Names = MixtureNames.Mixtral };
    }

    /// <summary>LFM2's.</summary>
    public static MixtureOfExperts Lfm2(ModelConfig config, int hiddenSize)
    {
        return MixtureFields.Read(config, hiddenSize, config.Int("moe_intermediate_size")) with
        {
            HasCorrectionBias = config.Bool(true, "use_expert_bias"),
            Names = Lfm2Names,
        };
    }

    /// <summary>Those of Qwen3-Next, one by one, and of Qwen3.5, all in two tensors.</summary>
    public static MixtureOfExperts Qwen(ModelConfig config, int hiddenSize, bool isFused)
    {
        var experts = MixtureFields.Read(config, hiddenSize, config.Int("moe_intermediate_size")) with
        {
            SharedIntermediateSize = config.Int("shared_expert_intermediate_size"),
            HasSharedGate = true,
            Names = MixtureNames.Qwen,
        };
        return isFused
            ? experts with
            {
                Storage = ExpertStorage.StackedByOutput,
                Names = MixtureNames.Qwen with { Experts = MixtureNames.StackedExperts },
            }
            : experts;
    }

    /// <summary>Nemotron 3's: not gated, and for the larger ones on a latent.</summary>
    public static MixtureOfExperts NemotronH(ModelConfig config, int hiddenSize, string prefix)
    {
        return MixtureFields.Read(config, hiddenSize, config.Int("moe_intermediate_size")) with
        {
            IsGated = false,
            HasCorrectionBias = true,
            SharedIntermediateSize = checked(config.Count(1, "n_shared_experts") * config.Int("moe_shared_expert_intermediate_size")),
            LatentSize = config.OptionalInt("moe_latent_size"),
            Names = new() { Prefix = prefix },
        };
    }
}
