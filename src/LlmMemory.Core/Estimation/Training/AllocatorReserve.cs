using System;
using LlmMemory.Estimation.Training.Losses;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training;

/// <summary>
/// What a device has beside the allocated peak: segments that PyTorch's caching allocator reserves and does not use, and
/// what lies outside the allocator. Shares are medians of what nvidia-smi showed of Mistral-7B, less what lies outside;
/// ends of the band are the range of families that no share came from (Llama-3-8B, Llama-2-70B, Mixtral, santacoder).
/// </summary>
/// <remarks>
/// Sources: foundation-model-stack/fms-acceleration scripts/benchmarks/refs (nvidia-smi beside torch's peak, A100; logits
/// that are freed and do not fit what comes next are the larger part); outside the allocator: stas00/ml-engineering
/// training/performance/README.md, A100: 0.47 GiB of a CUDA context, 2.00 GiB with NCCL. docs/accuracy.md has the split.
/// A full device has less: the allocator gives back what it does not use before it fails.
/// </remarks>
/// <param name="Share">The reserved segments as a share of the allocated peak.</param>
/// <param name="Least">The smallest share of the families kept back.</param>
/// <param name="Greatest">The greatest.</param>
/// <param name="OutsideBytes">The CUDA context, and NCCL where ranks exchange.</param>
internal sealed record AllocatorReserve(double Share, double Least, double Greatest, long OutsideBytes)
{
    private const int MostRanks = 4;

    /// <summary>The CUDA context of one rank.</summary>
    public const long Context = (long)(0.47 * (1L << 30));

    /// <summary>The same where ranks exchange.</summary>
    public const long ContextWithNccl = 2L << 30;

    private static readonly AllocatorReserve WholeLogits = new(1.300, 1.028, 1.629, Context);

    private static readonly AllocatorReserve HeadWithLoss = new(1.103, 1.053, 1.103, Context);

    private static readonly AllocatorReserve ShardedFull = new(1.420, 1.375, 1.555, ContextWithNccl);

    private static readonly AllocatorReserve ShardedAdapters = new(1.187, 1.085, 1.707, ContextWithNccl);

    /// <summary>What was measured of trainings like this one; null where none was.</summary>
    /// <param name="plan">The training, by a framework whose reserve was measured.</param>
    public static AllocatorReserve? Of(TrainingPlan plan)
    {
        return !IsMeasured(plan) ? null
            : plan.Ranks == 1 ? OnOne(plan)
            : plan.Sharding != Sharding.FullShard || plan.Ranks > MostRanks ? null
            : plan.Loss is not (TorchLoss or FusedLinearLoss) ? null
            : plan.Trained.IsFull ? ShardedFull : ShardedAdapters;
    }

    /// <summary>What a share of the allocated peak comes to.</summary>
    /// <param name="allocatedBytes">The allocated peak.</param>
    /// <param name="share">The share.</param>
    public static long Bytes(long allocatedBytes, double share)
    {
        return checked((long)Math.Round(allocatedBytes * share));
    }

    // All weights on one device: runs with room were of one family, so that nothing could be checked on another.
    private static AllocatorReserve? OnOne(TrainingPlan plan)
    {
        return plan.Trained.IsFull ? null : plan.Loss switch { TorchLoss => WholeLogits, FusedLinearLoss => HeadWithLoss, _ => null };
    }

    // SDPA is taken as flash attention, which it dispatches to: neither writes scores.
    private static bool IsMeasured(TrainingPlan plan)
    {
        return plan.Recompute == Recomputation.Full
            && plan.Switches.Attention != AttentionKernel.Eager
            && plan.Optimizer == Optimizer.AdamW
            && plan.Offload == Offload.None
            && !plan.StepsInBackward;
    }
}
