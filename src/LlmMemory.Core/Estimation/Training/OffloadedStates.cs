using System.Collections.Generic;
using System.Globalization;
using LlmMemory.Errors;
using LlmMemory.Estimation.Training.States;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training;

/// <summary>
/// Moves states into host memory. The optimizer of ZeRO-Offload (arXiv:2101.06840) works there on weights, gradients and
/// moments in 32 bits: 16 bytes for each weight, as deepspeedai/DeepSpeed docs/code-docs/source/memory.rst has it; gradients
/// leave the devices as soon as they are reduced. No measured run confirms it.
/// </summary>
internal static class OffloadedStates
{
    private const string Source = "arXiv:2101.06840; deepspeedai/DeepSpeed docs/code-docs/source/memory.rst; pytorch/pytorch torch/distributed/fsdp/api.py, CPUOffload";

    private const int HostGradientBytes = 4;

    /// <summary>Refuses an offload that the sharding does not have.</summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingSettingInvalid"/>.</exception>
    public static void Ensure(TrainingRun run)
    {
        var (offload, sharding) = (run.Offload ?? Offload.None, run.Sharding!);
        var isPossible = offload == Offload.None || (offload == Offload.Weights ? sharding.SplitsWeights : sharding.IsZero);
        if (!isPossible)
        {
            throw new LlmMemoryException(
                ErrorIds.TrainingSettingInvalid,
                offload.Name,
                $"{sharding.Name} keeps {(offload == Offload.Weights ? "weights" : "optimizer states")} on the devices. "
                + $"Write -Sharding {(offload == Offload.Weights ? "ZeRO3 or FSDP" : "ZeRO2")}, or leave -Offload out.");
        }
    }

    /// <summary>The states where they lie.</summary>
    /// <param name="plan">The training.</param>
    /// <param name="states">Its states.</param>
    public static IEnumerable<ComponentDraft> Of(TrainingPlan plan, TrainingStates states)
    {
        return plan.Offload == Offload.None ? states.Components() : Moved(plan, states);
    }

    // On the host an optimizer steps in place, tensor by tensor: copies of the step are not made there.
    private static IEnumerable<ComponentDraft> Moved(TrainingPlan plan, TrainingStates states)
    {
        foreach (var draft in states.Components())
        {
            var isWeight = draft.Role is ComponentRole.Weights or ComponentRole.Adapter;
            var isCopy = draft.Phases == (uint)TrainingPhase.Step;
            var goes = (draft.Role == ComponentRole.OptimizerStates && !isCopy) || (isWeight && plan.OffloadsWeights);
            var staysAsGradient = draft.Role == ComponentRole.Gradients && !plan.Sharding.SplitsGradients;
            if (goes)
            {
                yield return OnHost(draft, plan.Ranks);
            }
            else if (isWeight || staysAsGradient)
            {
                yield return draft;
            }
        }

        var each = plan.Sharding.IsZero ? HostGradientBytes : plan.Regime.GradientBytes;
        var trained = states.Trained;
        yield return new ComponentDraft(
            ComponentRole.Gradients,
            "Gradients in host memory",
            checked(trained * each),
            () => string.Format(CultureInfo.InvariantCulture, "{0} x {1} bytes", trained, each),
            Source)
        { FirstDevice = ComponentDraft.Host };
    }

    private static ComponentDraft OnHost(ComponentDraft draft, int ranks)
    {
        return draft with
        {
            Name = draft.Name + " in host memory",
            Bytes = checked(draft.Bytes * ranks),
            Formula = () => $"{draft.Formula()}, of {ranks.ToString(CultureInfo.InvariantCulture)} ranks",
            Source = $"{draft.Source}; {Source}",
            FirstDevice = ComponentDraft.Host,
        };
    }
}
