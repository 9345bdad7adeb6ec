using System.Linq;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Cases;
using LlmMemory.Estimation.Serving;
using LlmMemory.Quantities;

namespace LlmMemory.Planning;

/// <summary>
/// Judges an engine that looks at the size of its devices. Where it fills them with a cache, two estimates tell the
/// verdict: the filled one, what there is for the cache, and whether it starts; the one without a device, what the
/// workload needs. What is left of the cache is the headroom.
/// </summary>
internal static class FilledDevices
{
    public static MemoryFit Judge(ServingCase asked, DevicePool pool, FitTerms terms)
    {
        var narrowest = pool.Devices.OrderBy(device => device.AvailableBytes).First();
        var seen = asked.Prepared.Engine.Filling == DeviceFilling.ShareOfFree ? narrowest.AvailableBytes : narrowest.TotalBytes;
        var filled = asked.With(asked.Workload with { DeviceMemory = asked.Workload.DeviceMemory ?? seen }).Estimate();
        return filled.Capacity is { } capacity
            ? Judge(asked, filled, capacity, pool, terms)
            : FitJudge.Judge(filled, knowsDevices: true, pool, terms);
    }

    private static MemoryFit Judge(ServingCase asked, MemoryEstimate filled, ServingCapacity capacity, DevicePool pool, FitTerms terms)
    {
        var needed = asked.With(asked.Workload with { DeviceMemory = null }).Estimate();
        var used = pool.For(needed.DeviceCount);
        var devices = EachDevice(needed, capacity, used, terms);
        var reason = FitJudge.TooFew(needed, used)
            ?? TooBusy(asked, filled, used)
            ?? capacity.Refusal
            ?? TooManyRequests(asked, capacity)
            ?? (terms.IsCareful ? FitJudge.TooSmall(needed, devices, terms) : null)
            ?? FitJudge.HostTooSmall(filled, used);
        return new MemoryFit(filled, used, devices, reason) { Needed = needed }.With(filled.Assumptions);
    }

    // What a rank has is what it holds beside the cache, and the room for the cache.
    private static DeviceFit[] EachDevice(MemoryEstimate needed, ServingCapacity capacity, DevicePool pool, FitTerms terms)
    {
        var there = pool.Devices.OrderByDescending(device => device.AvailableBytes);
        return [.. needed.Devices
            .Select((device, index) => (Held: device, Cache: needed.BytesOn(index, ComponentRole.KvCache)))
            .OrderByDescending(device => device.Held.Bytes)
            .Zip(there, (device, budget) => new DeviceFit(
                device.Held.Device,
                budget.Name,
                FitSpan.Of(needed, device.Held.Bytes),
                device.Held.Bytes - device.Cache + capacity.CacheBytes,
                terms.Headroom.Of(budget.TotalBytes)))];
    }

    private static string? TooBusy(ServingCase asked, MemoryEstimate filled, DevicePool pool)
    {
        if (asked.Prepared.Engine.Filling != DeviceFilling.ShareOfTotal)
        {
            return null;
        }

        var wanted = (long)(filled.DeviceMemory!.Value * filled.GpuMemoryUtilization!.Value);
        var busy = pool.Devices.Take(filled.DeviceCount).OrderBy(device => device.AvailableBytes).First();
        return wanted <= busy.AvailableBytes
            ? null
            : $"{filled.Engine} takes {ByteSize.FormatGiB(wanted)} of each device at its start (-GpuMemoryUtilization), "
                + $"and {ByteSize.FormatGiB(busy.AvailableBytes)} of {busy.Name} are free.";
    }

    private static string? TooManyRequests(ServingCase asked, ServingCapacity capacity)
    {
        return asked.Workload.Concurrency is { } wanted && capacity.WorkloadConcurrency < wanted
            ? $"{capacity.WorkloadConcurrency} of {wanted} requests run at once."
            : null;
    }
}
