using System;
using System.Linq;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Configuration.Kinds;

/// <summary>
/// What <c>accelerate config</c> writes. Sources: huggingface/accelerate src/accelerate/commands/config/config_args.py,
/// ClusterConfig; docs/source/usage_guides/deepspeed.md and fsdp.md.
/// </summary>
internal static class AccelerateConfiguration
{
    private static readonly string[] Signs = ["distributed_type", "compute_environment", "main_training_function"];

    /// <summary>The kind.</summary>
    public static ConfigurationKind Kind { get; } = new("accelerate YAML", section => Signs.Any(section.Has), Read);

    private static void Read(ConfigurationSection section, ConfigurationDraft draft)
    {
        draft.DataParallel.Say(section.Get("num_processes") is { } count && count.CountIfAny() is not null ? count : null, value => value.Count());
        ReadDistribution(section, draft);
        ReadPrecision(section, draft);
        draft.LeaveOut(section.Section("dynamo_config"), ("dynamo_backend", "what a compiler fuses"));
        draft.LeaveOut(section.Section("parallelism_config"),
            ("parallelism_config_tp_size", "layers split over ranks"), ("parallelism_config_cp_size", "tokens of a sample split over ranks"));
        draft.LeaveOut(section, ("use_cpu", "training on the host"), ("downcast_bf16", "weights cast on a TPU"), ("tp_config", "layers split over ranks"));
    }

    private static void ReadDistribution(ConfigurationSection section, ConfigurationDraft draft)
    {
        if (section.Get("distributed_type") is not { } value)
        {
            return;
        }

        switch (value.OneOf(("FSDP", 'f'), ("DEEPSPEED", 'd'), ("MULTI_GPU", 'm'), ("NO", 'n'), ("MEGATRON_LM", 'l'), ("TP", 't')))
        {
            case 'f':
                ShardingKeys.ReadFsdp(section.Section("fsdp_config"), draft);
                if (!draft.Sharding.IsSaid)
                {
                    draft.Sharding.Say(value, Sharding.FullShard);
                }

                break;
            case 'd':
                ReadDeepSpeed(section.Section("deepspeed_config"), draft);
                break;
            case 'm':
                draft.Sharding.Say(value, Sharding.None);
                break;
            case 'l' or 't':
                draft.Note($"Not modelled: {value.Place} is {value.Text}: say how ranks split the model, -Framework Megatron -TensorParallel 2.");
                break;
        }
    }

    private static void ReadDeepSpeed(ConfigurationSection? section, ConfigurationDraft draft)
    {
        draft.Sharding.Say(section?.Get("zero_stage"), DeepSpeedConfiguration.Stage);
        draft.GradientAccumulation.Say(section?.Get("gradient_accumulation_steps"), value => value.Count());
        draft.DeepSpeedFile.Say(section?.Get("deepspeed_config_file"), value => value.Name());
        ShardingKeys.ReadOffload(section?.Get("offload_param_device"), section?.Get("offload_optimizer_device"), draft);
    }

    private static void ReadPrecision(ConfigurationSection section, ConfigurationDraft draft)
    {
        if (section.Get("mixed_precision") is not { } value)
        {
            return;
        }

        var isPure = value.OneOf(("bf16", false), ("fp16", false), ("no", true), ("false", true), ("fp8", false));

        // A script asks for its own precision where the launcher leaves it off, so that "no" says nothing.
        if (!isPure)
        {
            draft.Precision.Say(value, TrainingPrecision.Mixed);
        }

        var isDeepSpeed = string.Equals(section.Get("distributed_type")?.AsText, "DEEPSPEED", StringComparison.OrdinalIgnoreCase);
        if (isDeepSpeed && !isPure && !draft.DeepSpeedType.IsSaid)
        {
            draft.DeepSpeedType.Say(value, value.OneOf(("bf16", "BF16"), ("fp16", "F16"), ("fp8", "BF16")));
        }

        if (string.Equals(value.AsText, "fp8", StringComparison.OrdinalIgnoreCase))
        {
            draft.Note($"Not modelled: {value.Place} is fp8: matrices of 8 bits are counted in 16.");
        }
    }
}
