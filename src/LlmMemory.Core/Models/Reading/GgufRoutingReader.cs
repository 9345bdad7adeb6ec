using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Reading;

/// <summary>
/// How the experts of a GGUF model are chosen and weighed. Source: ggml-org/llama.cpp, src/llama-hparams.h
/// (llama_expert_gating_func_type) and src/models/deepseek2.cpp, whose models say nothing where they take a softmax.
/// </summary>
internal static class GgufRoutingReader
{
    /// <summary>Reads the keys.</summary>
    /// <param name="hyperparameters">The metadata.</param>
    public static ExpertRouting Read(GgufHyperparameters hyperparameters)
    {
        return new ExpertRouting
        {
            Gating = hyperparameters.Number("expert_gating_func") switch
            {
                2 => ExpertGating.Sigmoid,
                3 => ExpertGating.SoftmaxOfChosen,
                4 => ExpertGating.SqrtSoftplus,
                _ => ExpertGating.Softmax,
            },
            NormalisesWeights = hyperparameters.Flag("expert_weights_norm"),
            WeightScale = hyperparameters.Real("expert_weights_scale") ?? 1,
            Groups = hyperparameters.Dimension("expert_group_count") ?? 0,
            GroupsPerToken = hyperparameters.Dimension("expert_group_used_count") ?? 0,
        };
    }
}
