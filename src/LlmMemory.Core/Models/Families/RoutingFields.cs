using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families;

/// <summary>
/// How a configuration says that experts are chosen and weighed. Sources: transformers,
/// models/deepseek_v3/configuration_deepseek_v3.py and its kin; ggml-org/llama.cpp, conversion/base.py.
/// </summary>
internal static class RoutingFields
{
    /// <summary>Reads the fields.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="gating">How logits become scores where the configuration does not say it.</param>
    public static ExpertRouting Read(ModelConfig config, ExpertGating gating)
    {
        return new ExpertRouting
        {
            Gating = config.OptionalText("scoring_func", "score_function", "score_func", "moe_router_activation_func") switch
            {
                "softmax" => ExpertGating.Softmax,
                "sigmoid" => ExpertGating.Sigmoid,
                "sqrtsoftplus" => ExpertGating.SqrtSoftplus,
                _ => gating,
            },
            NormalisesWeights = config.Bool(gating == ExpertGating.Sigmoid, "norm_topk_prob", "moe_renormalize", "route_norm"),
            WeightScale = config.Number("routed_scaling_factor", "moe_routed_scaling_factor", "route_scale", "router_scaling_factor") ?? 1,
            Groups = config.Count(0, "n_group", "num_expert_group"),
            GroupsPerToken = config.Count(0, "topk_group"),
        };
    }
}
