using System;
using System.Linq;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Configuration.Kinds;

/// <summary>
/// How FSDP and DeepSpeed are asked for inside of other configurations. Sources: huggingface/accelerate
/// src/accelerate/utils/dataclasses.py, FullyShardedDataParallelPlugin; huggingface/transformers
/// src/transformers/training_args.py, fsdp and deepspeed.
/// </summary>
internal static class ShardingKeys
{
    private static readonly (string Word, Sharding? Meaning)[] Strategies =
    [
        ("FULL_SHARD", Sharding.FullShard), ("1", Sharding.FullShard), ("SHARD_GRAD_OP", Sharding.GradOp), ("2", Sharding.GradOp),
        ("NO_SHARD", Sharding.None), ("3", Sharding.None), ("HYBRID_SHARD", Sharding.FullShard), ("4", Sharding.FullShard),
        ("HYBRID_SHARD_ZERO2", Sharding.GradOp), ("5", Sharding.GradOp),
    ];

    /// <summary>Reads a mapping of FSDP, where FSDP is used: keys with the prefix fsdp_ or without.</summary>
    /// <param name="section">The mapping; null where there is none.</param>
    /// <param name="draft">What was said so far.</param>
    public static void ReadFsdp(ConfigurationSection? section, ConfigurationDraft draft)
    {
        if (section?.Get("fsdp_sharding_strategy", "sharding_strategy") is { } strategy)
        {
            draft.Sharding.Say(strategy, strategy.OneOf(Strategies)!);
            draft.LeaveOut(
                strategy.Text.StartsWith("HYBRID", StringComparison.OrdinalIgnoreCase) || strategy.Text is "4" or "5" ? section : null,
                ("fsdp_sharding_strategy", "replicas of groups of ranks; counted as if all ranks were one group"));
        }
        else if (section?.Get("fsdp_reshard_after_forward", "reshard_after_forward") is { } reshard)
        {
            draft.Sharding.Say(reshard, Strategies.FirstOrDefault(known => string.Equals(known.Word, reshard.AsText, StringComparison.OrdinalIgnoreCase)).Meaning
                ?? (reshard.Switch() ? Sharding.FullShard : Sharding.GradOp));
        }

        if (section?.IsOn("fsdp_activation_checkpointing", "activation_checkpointing") == true)
        {
            draft.Recompute.Say(section.Get("fsdp_activation_checkpointing", "activation_checkpointing"), _ => Recomputation.Full);
        }

        if (section?.IsOn("fsdp_offload_params", "offload_params") == true)
        {
            draft.Offload.Say(section.Get("fsdp_offload_params", "offload_params"), _ => Offload.Weights);
        }

        draft.LeaveOut(
            section,
            ("fsdp_forward_prefetch", "one layer more gathered in the forward pass"), ("forward_prefetch", "one layer more gathered in the forward pass"));
    }

    /// <summary>Reads transformers' own key: a text or a list of words, full_shard among them.</summary>
    public static void ReadFsdpWords(ConfigurationValue? value, ConfigurationDraft draft)
    {
        if (value is null || value.IsOff || value.IsMapping)
        {
            return;
        }

        // fsdp: true leaves the rest to fsdp_config.
        if (value.Text != "true")
        {
            var words = value.Names().SelectMany(name => name.Split(' ')).ToArray();
            var meant = Strategies.FirstOrDefault(strategy => words.Contains(strategy.Word, StringComparer.OrdinalIgnoreCase));
            draft.Sharding.Say(value, meant.Meaning ?? throw value.Bad("no way to shard", "full_shard auto_wrap"));
            if (words.Contains("OFFLOAD", StringComparer.OrdinalIgnoreCase))
            {
                draft.Offload.Say(value, Offload.Weights);
            }
        }
    }

    /// <summary>Says that DeepSpeed offloads weights, or states alone.</summary>
    /// <param name="weights">The device of weights: cpu, nvme, none.</param>
    /// <param name="states">The device of the optimizer's states.</param>
    /// <param name="draft">What was said so far.</param>
    public static void ReadOffload(ConfigurationValue? weights, ConfigurationValue? states, ConfigurationDraft draft)
    {
        foreach (var (device, offload) in new[] { (weights, Offload.Weights), (states, Offload.OptimizerStates) })
        {
            if (device is null || device.IsOff)
            {
                continue;
            }

            var isDisk = device.OneOf(("cpu", false), ("nvme", true));
            draft.Offload.Say(draft.Offload.IsSaid ? null : device, _ => offload);
            if (isDisk)
            {
                draft.Note($"Not modelled: {device.Place} is {device.Text}: what lies there is counted in host memory.");
            }
        }
    }

    /// <summary>Reads the key deepspeed: a whole configuration, or the path of one.</summary>
    public static void ReadDeepSpeed(ConfigurationSection section, ConfigurationDraft draft)
    {
        if (section.Section("deepspeed") is { } inside)
        {
            DeepSpeedConfiguration.Read(inside, draft);
        }
        else if (section.Get("deepspeed") is { IsOff: false } value)
        {
            draft.DeepSpeedFile.Say(value, named => named.Name());
        }
    }
}
