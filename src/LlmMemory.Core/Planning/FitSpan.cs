using System;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Training;

namespace LlmMemory.Planning;

/// <summary>The ends of a band around one figure.</summary>
/// <param name="LowBytes">The low end; null without a band.</param>
/// <param name="ExpectedBytes">The figure.</param>
/// <param name="HighBytes">The high end; null without a band.</param>
internal sealed record FitSpan(long? LowBytes, long ExpectedBytes, long? HighBytes)
{
    /// <summary>
    /// A device's share of an estimate and of its band: the band was measured on the whole, and a device is taken to
    /// err as the whole does. Of a training the CUDA context comes on top, which no allocator counts; its high end is
    /// what nvidia-smi shows at most where that was measured.
    /// </summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="bytes">What the device holds.</param>
    public static FitSpan Of(MemoryEstimate estimate, long bytes)
    {
        return estimate.Run is not null
            ? OfTraining(estimate, bytes)
            : new FitSpan(Scaled(estimate.LowBytes), bytes, Scaled(estimate.HighBytes));

        long? Scaled(long? end)
        {
            return end is null || estimate.TotalBytes == 0 ? null : (long)Math.Round(bytes * (end.Value / (double)estimate.TotalBytes));
        }
    }

    /// <summary>What a training takes of a device outside of PyTorch's allocator.</summary>
    public static long OutsideBytes(MemoryEstimate estimate)
    {
        return estimate.DeviceCount > 1 ? AllocatorReserve.ContextWithNccl : AllocatorReserve.Context;
    }

    private static FitSpan OfTraining(MemoryEstimate estimate, long bytes)
    {
        var outside = OutsideBytes(estimate);
        var high = estimate.Reserve is { } reserve ? AllocatorReserve.Bytes(bytes, reserve.Greatest) + outside : (long?)null;
        return new FitSpan(high is null ? null : bytes + outside, bytes + outside, high);
    }
}
