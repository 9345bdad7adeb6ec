using LlmMemory.Quantities;

namespace LlmMemory.Planning;

/// <summary>What one device has to hold, beside what it has.</summary>
public sealed class DeviceFit
{
    internal DeviceFit(string device, string gpu, FitSpan required, long availableBytes, long reservedBytes)
    {
        Device = device;
        Gpu = gpu;
        LowBytes = required.LowBytes;
        RequiredBytes = required.ExpectedBytes;
        HighBytes = required.HighBytes;
        AvailableBytes = availableBytes;
        ReservedBytes = reservedBytes;
    }

    /// <summary>The device within the estimate: <c>Device 0</c>.</summary>
    public string Device { get; }

    /// <summary>The device that it would be.</summary>
    public string Gpu { get; }

    /// <summary>What it has to hold by the low end of the band; null without one.</summary>
    public long? LowBytes { get; }

    /// <summary>What it has to hold.</summary>
    public long RequiredBytes { get; }

    /// <summary>What it has to hold by the high end of the band; null without one.</summary>
    public long? HighBytes { get; }

    /// <summary>What it has for that.</summary>
    public long AvailableBytes { get; }

    /// <summary>What was asked to stay free of it.</summary>
    public long ReservedBytes { get; }

    /// <summary>What stays free, below 0 where it does not fit.</summary>
    public long HeadroomBytes => AvailableBytes - RequiredBytes;

    /// <summary>The same in GiB (2^30 bytes).</summary>
    public double HeadroomGiB => ByteSize.ToGiB(HeadroomBytes);

    /// <summary>What stays free by the high end of the band; null without one.</summary>
    public long? HeadroomAtHighBytes => AvailableBytes - HighBytes;

    /// <summary>What stays free by the low end of the band; null without one.</summary>
    public long? HeadroomAtLowBytes => AvailableBytes - LowBytes;

    /// <summary>True where it fits.</summary>
    public bool Fits => HeadroomBytes >= ReservedBytes;

    /// <summary>True where it fits by the high end of the band; null without one.</summary>
    public bool? FitsAtHigh => HighBytes is null ? null : HeadroomAtHighBytes >= ReservedBytes;

    /// <summary>Device, need and memory in one line.</summary>
    public override string ToString()
    {
        return $"{Device}: {ByteSize.FormatGiB(RequiredBytes)} of {ByteSize.FormatGiB(AvailableBytes)}";
    }
}
