using System;
using LlmMemory.Estimation;

namespace LlmMemory.Planning;

/// <summary>The ends of a band around one figure.</summary>
/// <param name="LowBytes">The low end; null without a band.</param>
/// <param name="ExpectedBytes">The figure.</param>
/// <param name="HighBytes">The high end; null without a band.</param>
internal sealed record FitSpan(long? LowBytes, long ExpectedBytes, long? HighBytes)
{
    /// <summary>
    /// A device's share of an estimate and of its band: the band was measured on the whole, and a device is taken to
    /// err as the whole does.
    /// </summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="bytes">What the device holds.</param>
    public static FitSpan Of(MemoryEstimate estimate, long bytes)
    {
        return new FitSpan(Scaled(estimate.LowBytes), bytes, Scaled(estimate.HighBytes));

        long? Scaled(long? end)
        {
            return end is null || estimate.TotalBytes == 0 ? null : (long)Math.Round(bytes * (end.Value / (double)estimate.TotalBytes));
        }
    }
}
