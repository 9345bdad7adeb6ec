using System;

namespace LlmMemory.Estimation;

/// <summary>
/// How far an engine's estimates lay from runs of models that none of its coefficients came from: the evidence behind a
/// band. What was measured is everything but the cache, which is counted, not measured.
/// </summary>
/// <param name="Runs">The runs; a further run like them lies within their range in (runs - 1) of (runs + 1) cases.</param>
/// <param name="Families">The model families that they are of.</param>
/// <param name="Least">The smallest share that a measurement was of its estimate.</param>
/// <param name="Greatest">The greatest.</param>
/// <param name="Source">Where the runs come from.</param>
internal sealed record MeasuredError(int Runs, int Families, double Least, double Greatest, string Source)
{
    /// <summary>The low end of the band.</summary>
    /// <param name="totalBytes">The estimate.</param>
    /// <param name="measuredBytes">The part of it that measurements judge.</param>
    public long LowBytes(long totalBytes, long measuredBytes)
    {
        return End(totalBytes, measuredBytes, Math.Min(1, Least));
    }

    /// <summary>The high end of the band.</summary>
    /// <param name="totalBytes">The estimate.</param>
    /// <param name="measuredBytes">The part of it that measurements judge.</param>
    public long HighBytes(long totalBytes, long measuredBytes)
    {
        return End(totalBytes, measuredBytes, Math.Max(1, Greatest));
    }

    private static long End(long totalBytes, long measuredBytes, double share)
    {
        return checked(totalBytes + (long)Math.Round(measuredBytes * (share - 1)));
    }
}
