using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation;
using LlmMemory.Naming;
using LlmMemory.Quantities;

namespace LlmMemory.Planning;

/// <summary>A verdict: whether an estimate fits devices, by how much, and if not, why.</summary>
public sealed class MemoryFit
{
    internal MemoryFit(MemoryEstimate estimate, DevicePool pool, DeviceFit[] devices, string? reason)
    {
        Estimate = estimate;
        Needed = estimate;
        Gpu = pool.Name;
        GpuCount = pool.Devices.Count;
        HostAvailableBytes = pool.HostBytes;
        Devices = new DetailList<DeviceFit>(devices);
        Reason = reason;
        Narrowest = devices.OrderBy(device => device.HeadroomBytes - device.ReservedBytes).FirstOrDefault();
    }

    /// <summary>The model's name, null where only a parameter count is known.</summary>
    public string? Model => Estimate.Model;

    /// <summary>The model's weights.</summary>
    public long Parameters => Estimate.Parameters;

    /// <summary>How they are stored.</summary>
    public string DataType => Estimate.DataType;

    /// <summary>Inference, Training, LoRA or QLoRA.</summary>
    public string Mode => Estimate.Mode;

    /// <summary>The engine or framework; null where none is modelled.</summary>
    public string? Engine => Estimate.Engine ?? Estimate.Framework;

    /// <summary>The devices: <c>2 x H100 SXM5 80GB</c>.</summary>
    public string Gpu { get; }

    /// <summary>How many there are.</summary>
    public int GpuCount { get; }

    /// <summary>True where it fits.</summary>
    public bool Fits => Reason is null;

    /// <summary>Why it does not fit; null where it does.</summary>
    public string? Reason { get; }

    /// <summary>What the device with the least room has to hold.</summary>
    public long? RequiredBytes => Narrowest?.RequiredBytes;

    /// <summary>What it has for that.</summary>
    public long? AvailableBytes => Narrowest?.AvailableBytes;

    /// <summary>What stays free on it, below 0 where it does not fit; of an engine that fills its devices, what the workload leaves of the cache.</summary>
    public long? HeadroomBytes => Narrowest?.HeadroomBytes;

    /// <summary>The same in GiB (2^30 bytes).</summary>
    public double? HeadroomGiB => HeadroomBytes is { } bytes ? ByteSize.ToGiB(bytes) : null;

    /// <summary>What stays free by the low end of the band; null without one.</summary>
    public long? HeadroomAtLowBytes => Narrowest?.HeadroomAtLowBytes;

    /// <summary>What stays free by the high end of the band; null without one.</summary>
    public long? HeadroomAtHighBytes => Narrowest?.HeadroomAtHighBytes;

    /// <summary>What the host has to hold; null where it is not modelled.</summary>
    public long? HostRequiredBytes => Estimate.HostBytes;

    /// <summary>What the host has; null where nobody said it.</summary>
    public long? HostAvailableBytes { get; }

    /// <summary>The requests of the workload that run at once; null for an engine that does not fill its devices.</summary>
    public long? MaxConcurrency => Estimate.Capacity?.WorkloadConcurrency;

    /// <summary>The tokens of the longest single request; null for an engine that does not fill its devices.</summary>
    public long? LongestRequest => Estimate.Capacity?.LongestRequest;

    /// <summary>What evidence stands behind the estimate, one of <see cref="EstimateValidation"/>.</summary>
    public string Validation => Needed.Validation;

    /// <summary>Each device that is used.</summary>
    public DetailList<DeviceFit> Devices { get; }

    /// <summary>The estimate that was judged.</summary>
    public MemoryEstimate Estimate { get; }

    /// <summary>What was assumed to judge, and by the estimate.</summary>
    public DetailList<string> Assumptions { get; private set; } = new([]);

    /// <summary>What the workload needs, where the engine takes more; else the same as <see cref="Estimate"/>.</summary>
    internal MemoryEstimate Needed { get; init; }

    /// <summary>The device with the least room.</summary>
    internal DeviceFit? Narrowest { get; }

    /// <summary>The same verdict with what was assumed.</summary>
    internal MemoryFit With(IReadOnlyList<string> assumptions)
    {
        var verdict = (MemoryFit)MemberwiseClone();
        verdict.Assumptions = new DetailList<string>([.. assumptions]);
        return verdict;
    }

    /// <summary>The verdict in one line.</summary>
    public override string ToString()
    {
        return Fits ? $"fits {Gpu}" : $"does not fit {Gpu}: {Reason}";
    }
}
