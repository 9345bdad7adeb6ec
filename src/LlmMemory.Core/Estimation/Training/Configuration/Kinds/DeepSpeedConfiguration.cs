using System.Linq;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Configuration.Kinds;

/// <summary>
/// DeepSpeed's JSON. Sources: deepspeedai/DeepSpeed deepspeed/runtime/config.py, deepspeed/runtime/zero/config.py and
/// offload_config.py. A value that is <c>auto</c> is filled in by the Trainer from its own settings.
/// </summary>
internal static class DeepSpeedConfiguration
{
    private static readonly string[] Signs =
    [
        "zero_optimization", "train_micro_batch_size_per_gpu", "train_batch_size", "zero_allow_untested_optimizer", "gradient_clipping",
    ];

    /// <summary>The kind.</summary>
    public static ConfigurationKind Kind { get; } = new("DeepSpeed JSON", section => Signs.Any(section.Has) || section.Section("bf16") is not null || section.Section("fp16") is not null, Read);

    /// <summary>Says what a configuration says.</summary>
    public static void Read(ConfigurationSection section, ConfigurationDraft draft)
    {
        draft.MicroBatchSize.Say(section.Get("train_micro_batch_size_per_gpu"), value => value.Count());
        draft.GradientAccumulation.Say(section.Get("gradient_accumulation_steps"), value => value.Count());
        draft.GlobalBatchSize.Say(section.Get("train_batch_size"), value => value.Count());
        ReadType(section, draft);
        ReadZero(section.Section("zero_optimization"), draft);
        ReadOptimizer(section.Section("optimizer"), draft);
        draft.LeaveOut(section.Section("activation_checkpointing"),
            ("partition_activations", "inputs of layers split over ranks"), ("cpu_checkpointing", "inputs of layers in host memory"));
        draft.LeaveOut(section.Section("data_types"), ("grad_accum_dtype", "the type that gradients add up in"));
        draft.LeaveOut(section.Section("tensor_parallel"), ("autotp_size", "layers split over ranks"));
        draft.LeaveOut(section,
            ("sequence_parallel_size", "tokens of a sample split over ranks"), ("communication_data_type", "copies in the type of communication"),
            ("amp", "NVIDIA apex"), ("torch_autocast", "autocast inside of DeepSpeed"), ("compression_training", "compressed weights"));
    }

    /// <summary>The sharding of a stage of ZeRO.</summary>
    public static Sharding Stage(ConfigurationValue value)
    {
        return value.OneOf(("2", Sharding.ZeroTwo), ("0", Sharding.None), ("1", Sharding.ZeroOne), ("3", Sharding.ZeroThree));
    }

    private static void ReadType(ConfigurationSection section, ConfigurationDraft draft)
    {
        foreach (var (key, type) in new[] { ("bf16", "BF16"), ("bfloat16", "BF16"), ("fp16", "F16") })
        {
            if (section.Section(key) is { } part && part.IsOn("enabled"))
            {
                draft.DeepSpeedType.Say(part.Get("enabled")!, type);
            }
        }
    }

    private static void ReadZero(ConfigurationSection? zero, ConfigurationDraft draft)
    {
        draft.Sharding.Say(zero?.Get("stage"), Stage);
        ShardingKeys.ReadOffload(zero?.Section("offload_param")?.Get("device"), zero?.Section("offload_optimizer")?.Get("device"), draft);
        draft.Offload.Say(zero?.IsOn("cpu_offload") == true && !draft.Offload.IsSaid ? zero.Get("cpu_offload") : null, _ => Offload.OptimizerStates);
        ReadBuffers(zero, draft);
        draft.LeaveOut(zero,
            ("stage3_param_persistence_threshold", "small weights that stay whole"),
            ("zero_hpz_partition_size", "a second copy of the weights within a node"), ("zero_quantized_weights", "weights quantised for communication"),
            ("zero_quantized_nontrainable_weights", "frozen weights stored quantised"), ("zero_quantized_gradients", "gradients quantised for communication"),
            ("mics_shard_size", "groups of ranks that split weights"), ("zenflow", "gradients kept for later steps"));
    }

    // transformers fills in what is left to it from the model's hidden size.
    private static void ReadBuffers(ConfigurationSection? zero, ConfigurationDraft draft)
    {
        if (zero?.GetRaw("stage", "reduce_bucket_size") is { } source)
        {
            draft.ZeroBuffers.Say(source, new ZeroBuffers
            {
                ReduceBucketSize = zero.Get("reduce_bucket_size")?.Size(),
                PrefetchBucketSize = zero.Get("stage3_prefetch_bucket_size", "prefetch_bucket_size")?.Size(),
                MaxReuseDistance = zero.Get("stage3_max_reuse_distance", "max_reuse_distance")?.Size(),
                OverlapsCommunication = zero.Get("overlap_comm")?.Switch(),
                HasContiguousGradients = zero.Get("contiguous_gradients")?.Switch(),
                FollowsHiddenSize = zero.GetRaw("reduce_bucket_size") is { AsText: "auto" },
            });
        }
    }

    private static void ReadOptimizer(ConfigurationSection? optimizer, ConfigurationDraft draft)
    {
        var settings = optimizer?.Section("params");
        draft.DeepSpeedOptimizer.Say(
            optimizer?.Get("type"),
            value => OptimizerName.OfDeepSpeed(value, settings?.IsOn("torch_adam") == true, settings?.Get("momentum")?.IsAboveZero() == true));
    }
}
