using LlmMemory.Launching.Text;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Launching.Targets;

/// <summary>
/// Accelerate's file of settings, for <c>accelerate launch --config_file</c>. Sources: huggingface/accelerate
/// src/accelerate/commands/config/config_args.py (ClusterConfig), src/accelerate/commands/launch.py and
/// src/accelerate/utils/dataclasses.py at 16cb6eb (1.15).
/// </summary>
internal sealed class AccelerateTarget : TrainerTarget
{
    /// <summary>Creates the target.</summary>
    public AccelerateTarget()
        : base("Accelerate", "Accelerate: its file of settings, for FSDP, DeepSpeed and DDP")
    {
    }

    private protected override void CheckSuits(LaunchRequest request)
    {
        base.CheckSuits(request);
        if (request.Training!.TensorParallel > 1 || request.Training.PipelineParallel > 1 || request.Training.ContextParallel > 1)
        {
            throw Unsuitable(
                request.Engine ?? Name, $"{request.Engine} splits the model itself, which is no setting of Accelerate. Write -Target torchrun.");
        }
    }

    private protected override LaunchDocument Write(LaunchDraft draft, TrainingRun run, LaunchLayout layout, LaunchShell shell)
    {
        draft.Add("compute_environment", "LOCAL_MACHINE", "no cloud service of its own");
        draft.Add("distributed_type", DistributedType(draft.Request, run), "what is split over the ranks");
        draft.Add("mixed_precision", Precision(draft.Request, run) ?? "no", "-Precision, or what DeepSpeed trains in");
        draft.Pass(nameof(run.Precision));
        WriteRanks(draft, layout);
        WriteSharding(draft, run);
        draft.Pass(nameof(run.Sharding));
        draft.LeaveOut(nameof(run.MicroBatchSize), "the training's own code or arguments decide it.");
        return draft.ToDocument("YAML", comments => YamlText.Write(comments, ConfigTree.Of(draft.Settings)));
    }

    private static string DistributedType(LaunchRequest request, TrainingRun run)
    {
        return request.GpuCount <= 1 ? "NO"
            : run.Sharding is null || run.Sharding == Sharding.None ? "MULTI_GPU"
            : run.Sharding.IsZero ? "DEEPSPEED"
            : "FSDP";
    }

    private static string? Precision(LaunchRequest request, TrainingRun run)
    {
        return request.GpuCount > 1 && run.Sharding?.IsZero == true ? DeepSpeedType(request, run) : AutocastType(request, run);
    }

    private static void WriteRanks(LaunchDraft draft, LaunchLayout layout)
    {
        draft.Add("num_machines", layout.Nodes, "the nodes");
        draft.Write("num_processes", draft.Request.GpuCount, nameof(TrainingRun.DataParallel));
        draft.Pass(nameof(TrainingRun.DataParallel));
        if (layout.Nodes > 1)
        {
            draft.Note($"On each node add machine_rank 0 to {layout.Nodes - 1}, and main_process_ip and main_process_port of the first.");
        }
    }

    private static void WriteSharding(LaunchDraft draft, TrainingRun run)
    {
        if (draft.Request.GpuCount <= 1 || run.Sharding is null || run.Sharding == Sharding.None)
        {
            return;
        }

        if (run.Sharding.IsZero)
        {
            WriteZero(draft, run);
        }
        else
        {
            WriteFsdp(draft, run);
        }
    }

    private static void WriteZero(LaunchDraft draft, TrainingRun run)
    {
        draft.Write("deepspeed_config.zero_stage", ZeroStage(run)!.Value, nameof(run.Sharding));
        draft.Write("deepspeed_config.gradient_accumulation_steps", run.GradientAccumulation ?? 1, nameof(run.GradientAccumulation));
        draft.Add("deepspeed_config.offload_optimizer_device", "none", "nothing was estimated as offloaded");
        draft.Add("deepspeed_config.offload_param_device", "none", "nothing was estimated as offloaded");
        if (run.Sharding == Sharding.ZeroThree)
        {
            draft.Add("deepspeed_config.zero3_init_flag", true, "no rank loads the model whole");
        }
    }

    // The estimate's rules are those of version 1, whose words SHARD_GRAD_OP and FULL_SHARD are.
    private static void WriteFsdp(LaunchDraft draft, TrainingRun run)
    {
        draft.Add("fsdp_config.fsdp_version", 1, "the version that was measured");
        draft.Write("fsdp_config.fsdp_sharding_strategy", run.Sharding!.KeepsWeightsGathered ? "SHARD_GRAD_OP" : "FULL_SHARD", nameof(run.Sharding));
        draft.Add("fsdp_config.fsdp_auto_wrap_policy", "TRANSFORMER_BASED_WRAP", "one layer is gathered at a time");
        draft.Add("fsdp_config.fsdp_offload_params", false, "nothing was estimated as offloaded");
        draft.Add("fsdp_config.fsdp_use_orig_params", true, "frozen and trained weights lie in one layer");
        draft.Add("fsdp_config.fsdp_state_dict_type", "SHARDED_STATE_DICT", "a checkpoint is not gathered on one rank");
        draft.WriteIfSaid("fsdp_config.fsdp_activation_checkpointing", run.Recompute?.KeepsInputsOnly == true, nameof(run.Recompute));
    }
}
