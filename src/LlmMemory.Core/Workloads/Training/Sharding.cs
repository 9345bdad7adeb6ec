using LlmMemory.Naming;

namespace LlmMemory.Workloads.Training;

/// <summary>What is split over the ranks that train on different samples, and what each of them holds whole.</summary>
public sealed class Sharding : NamedChoice
{
    private Sharding(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>Every rank holds everything: distributed data parallel, ZeRO stage 0.</summary>
    public static Sharding None { get; } =
        new("DDP", "DDP: every rank holds weights, gradients and states whole", "none", "zero0", "no_shard");

    /// <summary>ZeRO stage 1: the states of the optimizer are split.</summary>
    public static Sharding ZeroOne { get; } = new("ZeRO1", "ZeRO1: optimizer states are split") { SplitsStates = true, IsZero = true };

    /// <summary>ZeRO stage 2: states and gradients are split.</summary>
    public static Sharding ZeroTwo { get; } =
        new("ZeRO2", "ZeRO2: optimizer states and gradients are split") { SplitsStates = true, SplitsGradients = true, IsZero = true };

    /// <summary>ZeRO stage 3: weights too.</summary>
    public static Sharding ZeroThree { get; } =
        new("ZeRO3", "ZeRO3: optimizer states, gradients and weights are split")
        { SplitsStates = true, SplitsGradients = true, SplitsWeights = true, IsZero = true };

    /// <summary>Fully sharded data parallel, FULL_SHARD.</summary>
    public static Sharding FullShard { get; } =
        new("FSDP", "FSDP: optimizer states, gradients and weights are split, one layer gathered at a time", "fsdp1", "fsdp2", "full_shard")
        { SplitsStates = true, SplitsGradients = true, SplitsWeights = true };

    /// <summary>Fully sharded data parallel, SHARD_GRAD_OP.</summary>
    public static Sharding GradOp { get; } =
        new("FSDPGradOp", "FSDPGradOp: as FSDP, and weights stay gathered from forward to backward", "shard_grad_op")
        { SplitsStates = true, SplitsGradients = true, SplitsWeights = true, KeepsWeightsGathered = true };

    /// <summary>All of them.</summary>
    public static NamedCatalogue<Sharding> All { get; } =
        new("way to shard", Errors.ErrorIds.ShardingUnknown, None, ZeroOne, ZeroTwo, ZeroThree, FullShard, GradOp);

    /// <summary>True where each rank keeps the optimizer states of its share alone.</summary>
    public bool SplitsStates { get; private init; }

    /// <summary>True where each rank keeps the gradients of its share alone.</summary>
    public bool SplitsGradients { get; private init; }

    /// <summary>True where each rank keeps its share of the weights, and gathers the rest when they are needed.</summary>
    public bool SplitsWeights { get; private init; }

    /// <summary>True where gathered weights stay until the backward pass is over.</summary>
    public bool KeepsWeightsGathered { get; private init; }

    /// <summary>True for a stage of DeepSpeed's ZeRO.</summary>
    public bool IsZero { get; private init; }
}
