using System.Collections.Generic;
using System.Linq;
using LlmMemory.Workloads;

namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>
/// Weights, main gradients, main weights and moments of a rank. Weights of 16 bits have main gradients of 32, F16's of
/// 16; the optimizer works on a copy of 32 bits. The distributed optimizer splits copy and moments over the ranks that
/// have the same weights, experts over theirs: 6 + 12 / D bytes for a weight instead of 18. Sources: NVIDIA/Megatron-LM
/// docs/api-guide/core/dist_optimizer.md, megatron/training/arguments.py
/// (accumulate_allreduce_grads_in_fp32), megatron/core/optimizer/distrib_optimizer.py.
/// </summary>
internal static class MegatronStates
{
    private const string Source = "NVIDIA/Megatron-LM docs/api-guide/core/dist_optimizer.md";

    /// <summary>The components of the states of a stage.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="tensors">What the stage trains.</param>
    public static IEnumerable<ComponentDraft> Of(MegatronPlan plan, StageTensors tensors)
    {
        return Group(plan, tensors.Dense, string.Empty, plan.Copies).Concat(Group(plan, tensors.Experts, " of experts", plan.ExpertCopies));
    }

    private static IEnumerable<ComponentDraft> Group(MegatronPlan plan, IReadOnlyList<TrainedTensor> tensors, string suffix, int copies)
    {
        var elements = tensors.Sum(tensor => tensor.Elements);
        if (elements == 0)
        {
            yield break;
        }

        var shards = plan.Run.DistributedOptimizer == true ? copies : 1;
        var gradient = plan.Model.DataType == "F16" ? 2 : 4;
        yield return Each(ComponentRole.Weights, "Weights" + suffix, elements, plan.ElementBytes, 1);
        yield return Each(ComponentRole.Gradients, "Main gradients" + suffix, elements, gradient, 1);
        if (plan.ElementBytes == 2)
        {
            yield return Each(ComponentRole.OptimizerStates, "Main weights" + suffix, elements, 4, shards);
        }

        var states = plan.Run.Optimizer!.States;
        var kept = tensors.Sum(states.Kept);
        yield return new ComponentDraft(
            ComponentRole.OptimizerStates, "Optimizer states" + suffix, Share(kept, shards), () => Divided($"{elements} weights, {states.Description}", shards), states.Source);
        if (plan.Model.DataType == "F16")
        {
            yield return Each(ComponentRole.Gradients, "Main gradients in 32 bits" + suffix, elements, 4, shards) with { Phases = (uint)MegatronPhase.Step };
        }
    }

    private static ComponentDraft Each(ComponentRole role, string name, long elements, int bytes, int shards)
    {
        return new(role, name, Share(checked(elements * bytes), shards), () => Divided($"{elements} x {bytes} bytes", shards), Source);
    }

    private static long Share(long bytes, int shards)
    {
        return (bytes + shards - 1) / shards;
    }

    private static string Divided(string numbers, int shards)
    {
        return shards > 1 ? $"{numbers} / {shards} ranks" : numbers;
    }
}
