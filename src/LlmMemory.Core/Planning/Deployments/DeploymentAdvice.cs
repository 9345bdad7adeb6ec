using LlmMemory.Quantities;

namespace LlmMemory.Planning.Deployments;

/// <summary>What one changed setting would free, for a workload that fits nowhere.</summary>
public sealed class DeploymentAdvice
{
    internal DeploymentAdvice(string setting, string? from, string to, MemoryFit before, MemoryFit after)
    {
        Setting = setting;
        From = from;
        To = to;
        Gpu = before.Gpu;
        RequiredBytes = before.RequiredBytes!.Value;
        RequiredAfterBytes = after.RequiredBytes!.Value;
        Fits = after.Fits;
        StillMissing = after.Reason;
    }

    /// <summary>The setting, as its parameter is called.</summary>
    public string Setting { get; }

    /// <summary>What it is.</summary>
    public string? From { get; }

    /// <summary>What it would be.</summary>
    public string To { get; }

    /// <summary>The devices that come closest.</summary>
    public string Gpu { get; }

    /// <summary>What the fullest of them has to hold now.</summary>
    public long RequiredBytes { get; }

    /// <summary>What it would have to hold.</summary>
    public long RequiredAfterBytes { get; }

    /// <summary>What that frees on it.</summary>
    public long FreedBytes => RequiredBytes - RequiredAfterBytes;

    /// <summary>The same in GiB (2^30 bytes).</summary>
    public double FreedGiB => ByteSize.ToGiB(FreedBytes);

    /// <summary>True where this alone is enough.</summary>
    public bool Fits { get; }

    /// <summary>Why it is not enough; null where it is.</summary>
    public string? StillMissing { get; }

    /// <summary>The advice in one line.</summary>
    public override string ToString()
    {
        return $"-{Setting} {To}: {ByteSize.FormatGiB(FreedBytes)} less";
    }
}
