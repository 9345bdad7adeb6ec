using LlmMemory.Launching.Text;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Launching.Targets;

/// <summary>
/// DeepSpeed's file of settings. Sources: deepspeedai/DeepSpeed deepspeed/runtime/constants.py,
/// deepspeed/runtime/zero/config.py and deepspeed/runtime/precision_config.py of 0.19.6.
/// </summary>
internal sealed class DeepSpeedTarget : TrainerTarget
{
    /// <summary>Creates the target.</summary>
    public DeepSpeedTarget()
        : base("DeepSpeed", "DeepSpeed: its file of settings, ds_config.json")
    {
    }

    private protected override void CheckSuits(LaunchRequest request)
    {
        base.CheckSuits(request);
        if (ZeroStage(request.Training!) is null)
        {
            throw Unsuitable(request.Training!.Sharding!.Name, $"DeepSpeed has no {request.Training.Sharding}. Write -Target Accelerate, or estimate with -Sharding ZeRO3.");
        }

        if (request.Training!.TensorParallel > 1 || request.Training.PipelineParallel > 1 || request.Training.ContextParallel > 1)
        {
            throw Unsuitable(
                request.Engine ?? Name, $"{request.Engine} splits the model itself, which DeepSpeed's settings do not tell. Write -Target torchrun.");
        }
    }

    private protected override LaunchDocument Write(LaunchDraft draft, TrainingRun run, LaunchLayout layout, LaunchShell shell)
    {
        var (micro, passes) = (run.MicroBatchSize ?? 1, run.GradientAccumulation ?? 1);
        draft.Add("train_batch_size", checked((long)micro * passes * draft.Request.GpuCount), "micro batch x accumulation x ranks, which DeepSpeed checks");
        draft.Write("train_micro_batch_size_per_gpu", micro, nameof(run.MicroBatchSize));
        draft.Write("gradient_accumulation_steps", passes, nameof(run.GradientAccumulation));
        if (DeepSpeedType(draft.Request, run) is { } type)
        {
            draft.Write($"{type}.enabled", true, nameof(run.Precision));
        }

        draft.Pass(nameof(run.Precision));
        draft.Write("zero_optimization.stage", ZeroStage(run)!.Value, nameof(run.Sharding));
        draft.Pass(nameof(run.DataParallel));
        draft.Note($"{draft.Request.GpuCount} ranks: torchrun or deepspeed start them, this file does not.");
        LeaveToTrainer(draft);
        return draft.ToDocument("JSON", comments => JsonText.Write(comments, ConfigTree.Of(draft.Settings)));
    }

    private static void LeaveToTrainer(LaunchDraft draft)
    {
        const string Trainer = "the training's own code or arguments decide it.";
        draft.LeaveOut(nameof(TrainingRun.SequenceLength), Trainer);
        draft.LeaveOut(nameof(TrainingRun.Optimizer), Trainer);
        draft.LeaveOut(nameof(TrainingRun.Recompute), Trainer);
        draft.LeaveOut(nameof(TrainingRun.AttentionKernel), Trainer);
        draft.LeaveOut(nameof(TrainingRun.LayerKernels), Trainer);
        draft.LeaveOut(nameof(TrainingRun.LossKernel), Trainer);
    }
}
