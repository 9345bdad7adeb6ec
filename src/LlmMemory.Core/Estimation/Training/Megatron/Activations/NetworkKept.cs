using LlmMemory.Models.Blocks;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Megatron.Activations;

/// <summary>
/// What feed-forward networks keep: dense ones, and experts, whose rows are the tokens times the experts of each, spread
/// evenly. Sources: Korthikanti and others, arXiv:2205.05198, section 4.1; NVIDIA/Megatron-LM
/// megatron/core/transformer/moe/experts.py and token_dispatcher.py.
/// </summary>
internal sealed class NetworkKept(MegatronPlan plan, KeptList kept)
{
    private const string Paper = "Korthikanti et al., arXiv:2205.05198, section 4.1";

    private const string Experts = "NVIDIA/Megatron-LM megatron/core/transformer/moe/experts.py";

    private const string Dispatcher = "NVIDIA/Megatron-LM megatron/core/transformer/moe/token_dispatcher.py";

    private readonly int _element = plan.ElementBytes;

    /// <summary>Adds what a network keeps, from its normalisation to the dropout after it.</summary>
    public void Add(FeedForward network)
    {
        NormKept.Add(plan, kept, "the feed-forward network");
        if (network is DenseMlp dense)
        {
            AddInner(dense.IntermediateSize, dense.IsGated, RecomputeModule.Mlp, "feed-forward network");
        }
        else if (network is MixtureOfExperts mixture)
        {
            AddMixture(mixture);
        }

        kept.AddIf(plan.HasDropout, "Dropout mask after the feed-forward network", (decimal)plan.Hidden / plan.SequenceShare, Paper);
    }

    private void AddInner(int width, bool isGated, RecomputeModule module, string name)
    {
        if (plan.Recomputes(module))
        {
            return;
        }

        kept.Add($"Inside the {name}, before its activation", (decimal)_element * (isGated ? 2 : 1) * width / plan.Tensor, Paper);
        kept.Add($"Inside the {name}, after its activation", (decimal)_element * width / plan.Tensor, Paper);
    }

    private void AddMixture(MixtureOfExperts mixture)
    {
        kept.Add("Scores of the router", 8m * mixture.Experts / plan.SequenceShare, Dispatcher);
        kept.AddIf(plan.Run.TokenDispatcher == TokenDispatcher.AllGather, "Gathered tokens", (decimal)_element * plan.Hidden / plan.SequenceShare, Dispatcher);
        AddExperts(mixture);
        if (mixture.SharedIntermediateSize > 0)
        {
            AddInner(mixture.SharedIntermediateSize, mixture.IsGated, RecomputeModule.SharedExperts, "shared experts");
            kept.AddIf(plan.Run.SequenceParallel == true, "Input of the shared experts", _element * plan.Hidden, Experts);
        }
    }

    private void AddExperts(MixtureOfExperts mixture)
    {
        var rows = (decimal)mixture.ExpertsPerToken / plan.SequenceShare * plan.ExpertTensor;
        var width = (decimal)mixture.ExpertIntermediateSize / plan.ExpertTensor;
        if (!plan.Recomputes(RecomputeModule.Experts))
        {
            kept.Add("Tokens sent to experts", rows * _element * plan.Hidden, Dispatcher);
            kept.Add("Inside experts, before their activation", rows * _element * (mixture.IsGated ? 2 : 1) * width, Experts);
            kept.AddIf(!plan.Recomputes(RecomputeModule.ExpertActivation), "Inside experts, after their activation", rows * _element * width, Experts);

            // A fused SwiGLU weighs as it activates.
            kept.AddIf(plan.Profile.WeighsInExperts && !mixture.IsGated, "Activation times score", rows * _element * width, Experts);
        }

        kept.AddIf(!plan.Profile.WeighsInExperts, "Outputs of experts before they are weighted", rows / plan.ExpertTensor * _element * plan.Hidden, Dispatcher);
    }
}
