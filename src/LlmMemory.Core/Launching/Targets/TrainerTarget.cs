using LlmMemory.Errors;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Launching.Targets;

/// <summary>Something that starts trainings, or that one is configured by.</summary>
internal abstract class TrainerTarget : LaunchTarget
{
    private protected TrainerTarget(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    private protected override void CheckSuits(LaunchRequest request)
    {
        if (!request.IsTraining)
        {
            throw Unsuitable(request.Mode, $"{Name} starts trainings, and the estimate is of {request.Mode}. Write -Target vLLM, or estimate with -Mode Training.");
        }

        if (request.Training is null)
        {
            throw new LlmMemoryException(
                ErrorIds.LaunchNeedsModel,
                Name,
                $"The rule of thumb tells nothing that {Name} could be set by. Estimate a model by its architecture, Get-LlmMemoryEstimate -Model llama-3.1-8b -Mode Training, "
                + "or ask for a scheduler, which needs bytes alone: -Target Kubernetes.");
        }
    }

    private protected sealed override LaunchDocument Write(LaunchRequest request, LaunchLayout layout, LaunchShell shell)
    {
        var draft = new LaunchDraft(Name, request);
        draft.Note($"The training's own settings name the model: {LaunchModel.Checkpoint(request, Name).Place}.");
        draft.NoteAssumed(layout);
        return Write(draft, request.Training!, layout, shell);
    }

    private protected abstract LaunchDocument Write(LaunchDraft draft, TrainingRun run, LaunchLayout layout, LaunchShell shell);

    /// <summary>The stage of ZeRO; 0 where ranks hold everything whole, null for what is no ZeRO.</summary>
    private protected static int? ZeroStage(TrainingRun run)
    {
        return run.Sharding is not { } sharding || sharding == Sharding.None ? 0
            : sharding == Sharding.ZeroOne ? 1
            : sharding == Sharding.ZeroTwo ? 2
            : sharding == Sharding.ZeroThree ? 3
            : null;
    }

    /// <summary>
    /// The type of 16 bits that DeepSpeed trains in, with a copy of the weights in 32; null for a training all in 32 bits.
    /// </summary>
    private protected static string? DeepSpeedType(LaunchRequest request, TrainingRun run)
    {
        return request.DataType == "F16" ? "fp16"
            : request.DataType == "F32" && run.Precision != TrainingPrecision.Mixed ? null
            : "bf16";
    }

    /// <summary>What PyTorch computes in under autocast; null without it.</summary>
    private protected static string? AutocastType(LaunchRequest request, TrainingRun run)
    {
        return run.Precision != TrainingPrecision.Mixed ? null
            : request.DataType == "F16" ? "fp16"
            : "bf16";
    }
}
