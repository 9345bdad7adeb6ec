using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// The mixture of experts of Gemma 4 26B, which works beside each layer's dense feed-forward network: three more
/// normalisations, and two scales of the router. Source: transformers, models/gemma4/modeling_gemma4.py
/// (Gemma4TextDecoderLayer, Gemma4TextRouter, Gemma4TextExperts).
/// </summary>
internal static class Gemma4Experts
{
    private static readonly MixtureNames Names = new()
    {
        Prefix = string.Empty,
        Router = "router.proj",
        Experts = new() { Prefix = "experts.", GateUp = "gate_up_proj" },
    };

    /// <summary>What a layer has from the output of its dense network to the sum of both; nothing in models without experts.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="hiddenSize">The width of the hidden states.</param>
    /// <exception cref="Errors.LlmMemoryException">A dimension is missing or wrong.</exception>
    public static IReadOnlyList<Block> Read(ModelConfig config, int hiddenSize)
    {
        if (!config.Bool(false, "enable_moe_block"))
        {
            return [];
        }

        var count = config.Int("num_experts");
        var experts = new MixtureOfExperts
        {
            HiddenSize = hiddenSize,
            Experts = count,
            ExpertsPerToken = ChosenExperts.Read(config, count, "top_k_experts"),
            ExpertIntermediateSize = config.Int("moe_intermediate_size", "expert_intermediate_size"),
            Storage = ExpertStorage.StackedByOutput,
            Names = Names,
        };
        return
        [
            new Norm("post_feedforward_layernorm_1", hiddenSize),
            new Weight(TensorRole.Router, "router.scale", hiddenSize),
            new Norm("pre_feedforward_layernorm_2", hiddenSize),
            experts,
            new Weight(TensorRole.Router, "router.per_expert_scale", experts.Experts),
            new Norm("post_feedforward_layernorm_2", hiddenSize),
        ];
    }
}
