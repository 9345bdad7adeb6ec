using LlmMemory.DataTypes;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Latent;

/// <summary>The mixtures of experts that stand beside latent attention, with the names that their checkpoints have.</summary>
internal static class LatentExperts
{
    private static readonly MixtureNames StackedNames = new() { Experts = MixtureNames.StackedExperts };

    private static readonly MixtureNames LongCatNames = MixtureNames.DeepSeek with
    {
        Router = "router.classifier",
        CorrectionBias = "router.e_score_correction_bias",
    };

    private static readonly MixtureNames KimiNames = MixtureNames.Mixtral with
    {
        CorrectionBias = "gate.e_score_correction_bias",
        LatentDown = "routed_expert_down_proj",
        LatentUp = "routed_expert_up_proj",
        LatentNorm = "routed_expert_norm",
    };

    private static readonly MlpNames DeepSeekV4Network = new() { Gate = "w1", Up = "w3", Down = "w2" };

    private static readonly MixtureNames DeepSeekV4Names = MixtureNames.DeepSeek with
    {
        Prefix = "ffn.",
        CorrectionBias = "gate.bias",
        Experts = DeepSeekV4Network with { Prefix = "experts.*." },
        Shared = DeepSeekV4Network with { Prefix = "shared_experts." },
    };

    /// <summary>DeepSeek's: routed experts, and shared ones that are stored as one network.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="hiddenSize">The width of the hidden states.</param>
    /// <param name="traits">What the configuration does not say.</param>
    public static MixtureOfExperts DeepSeek(ModelConfig config, int hiddenSize, DeepSeekTraits traits)
    {
        var width = config.Int("moe_intermediate_size");
        var experts = config.Int("n_routed_experts", "num_local_experts", "num_experts");
        return new MixtureOfExperts
        {
            HiddenSize = hiddenSize,
            Experts = experts,
            ExpertsPerToken = ChosenExperts.Read(config, experts, "num_experts_per_tok"),
            ExpertIntermediateSize = width,
            SharedIntermediateSize = config.Count(0, "n_shared_experts") * width,
            HasCorrectionBias = config.OptionalText("topk_method") is { } method ? method == "noaux_tc" : traits.CorrectsScores,
            Routing = RoutingFields.Read(config, traits.CorrectsScores ? ExpertGating.Sigmoid : ExpertGating.Softmax),
            CorrectionBiasDataType = DataTypeCatalogue.F32,
            Storage = traits.StacksExperts ? ExpertStorage.StackedByOutput : ExpertStorage.OneByOne,
            Names = traits.StacksExperts ? StackedNames : MixtureNames.DeepSeek,
        };
    }

    /// <summary>DeepSeek-V4's, where scores are corrected in all layers that choose by them.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="hiddenSize">The width of the hidden states.</param>
    public static MixtureOfExperts DeepSeekV4(ModelConfig config, int hiddenSize)
    {
        return DeepSeek(config, hiddenSize, new DeepSeekTraits()) with { Names = DeepSeekV4Names };
    }

    /// <summary>LongCat-Flash's: of the experts that may be chosen for a token, some are zero experts.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="hiddenSize">The width of the hidden states.</param>
    public static MixtureOfExperts LongCat(ModelConfig config, int hiddenSize)
    {
        var experts = config.Int("n_routed_experts");
        return new MixtureOfExperts
        {
            HiddenSize = hiddenSize,
            Experts = experts,
            ExpertsPerToken = ChosenExperts.Read(config, experts, "moe_topk", "num_experts_per_tok"),
            ExpertIntermediateSize = config.Int("expert_ffn_hidden_size", "moe_intermediate_size"),
            ZeroExperts = config.Count(0, "zero_expert_num"),
            RouterBias = config.Bool(false, "router_bias"),
            HasCorrectionBias = true,
            CorrectionBiasDataType = DataTypeCatalogue.F32,
            Names = LongCatNames,
        };
    }

    /// <summary>Those of Kimi Linear, and of Kimi K3, whose routed experts work on a latent.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="hiddenSize">The width of the hidden states.</param>
    public static MixtureOfExperts Kimi(ModelConfig config, int hiddenSize)
    {
        var width = config.Int("moe_intermediate_size");
        var experts = config.Int("num_experts");
        return new MixtureOfExperts
        {
            HiddenSize = hiddenSize,
            Experts = experts,
            ExpertsPerToken = ChosenExperts.Read(config, experts, "num_experts_per_token", "num_experts_per_tok"),
            ExpertIntermediateSize = width,
            SharedIntermediateSize = config.Count(0, "num_shared_experts") * width,
            HasCorrectionBias = true,
            CorrectionBiasDataType = DataTypeCatalogue.F32,
            LatentSize = config.OptionalInt("routed_expert_hidden_size"),
            HasLatentNorm = config.Bool(false, "latent_moe_use_norm"),
            Names = KimiNames,
        };
    }
}
