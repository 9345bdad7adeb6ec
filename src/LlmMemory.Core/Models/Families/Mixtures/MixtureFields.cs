using LlmMemory.DataTypes;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>The dimensions of a mixture of experts, under whatever name a configuration gives them.</summary>
internal static class MixtureFields
{
    private static readonly string[] PerToken = ["num_experts_per_tok", "experts_per_token", "moe_k", "moe_topk", "moe_top_k"];

    /// <summary>
    /// Reads the dimensions. A correction bias is kept in F32, as transformers does for every model that has one
    /// (_keep_in_fp32_modules_strict, or a parameter made in F32).
    /// </summary>
    /// <param name="config">The configuration.</param>
    /// <param name="hiddenSize">The width of the hidden states.</param>
    /// <param name="intermediateSize">The width inside an expert where it has no field of its own.</param>
    /// <exception cref="Errors.LlmMemoryException">A field is missing, or more experts are chosen than there are.</exception>
    public static MixtureOfExperts Read(ModelConfig config, int hiddenSize, int intermediateSize)
    {
        var experts = config.Int("num_local_experts", "num_experts", "n_routed_experts", "moe_num_experts");
        var width = config.OptionalInt("moe_intermediate_size") ?? intermediateSize;
        return new MixtureOfExperts
        {
            HiddenSize = hiddenSize,
            Experts = experts,
            ExpertsPerToken = ChosenExperts.Read(config, experts, PerToken),
            ExpertIntermediateSize = width,
            SharedIntermediateSize = SharedIntermediateSize(config, width),
            CorrectionBiasDataType = DataTypeCatalogue.F32,
        };
    }

    private static int SharedIntermediateSize(ModelConfig config, int width)
    {
        return config.OptionalInt("shared_expert_intermediate_size")
            ?? checked(config.Count(0, "n_shared_experts", "num_shared_experts", "moe_num_shared_experts") * width);
    }
}
