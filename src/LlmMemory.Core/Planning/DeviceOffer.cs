using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Hardware;
using LlmMemory.Quantities;

namespace LlmMemory.Planning;

/// <summary>A device that somebody offers: a kind of GPU, of which there are as many as are said, or one of a machine's.</summary>
public sealed class DeviceOffer
{
    private readonly DeviceBudget _device;

    private DeviceOffer(DeviceBudget device, string? computerName)
    {
        _device = device;
        ComputerName = computerName;
    }

    /// <summary>The machine that has the device; null for a kind of GPU.</summary>
    public string? ComputerName { get; }

    /// <summary>A kind of GPU, its memory as a program sees it.</summary>
    /// <param name="gpu">The GPU.</param>
    public static DeviceOffer Of(Gpu gpu)
    {
        return gpu is null ? throw new ArgumentNullException(nameof(gpu)) : new DeviceOffer(new DeviceBudget(gpu.Name, gpu.UsableBytes, kind: gpu), null);
    }

    /// <summary>Any device with so much memory.</summary>
    /// <param name="bytes">The memory as a program sees it.</param>
    public static DeviceOffer OfMemory(long bytes)
    {
        return new DeviceOffer(new DeviceBudget($"device of {ByteSize.FormatGiB(bytes)}", bytes), null);
    }

    /// <summary>
    /// A device of a machine. What its driver counts as total holds what no program can have; where the catalogue knows
    /// its kind, what a program sees is taken.
    /// </summary>
    /// <param name="computerName">The machine.</param>
    /// <param name="name">The device's name.</param>
    /// <param name="totalBytes">Its memory as the driver shows it.</param>
    /// <param name="freeBytes">What of it is free.</param>
    /// <param name="kind">Its kind in the catalogue; null for one that the catalogue does not have.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.DeviceMemoryMissing"/>.</exception>
    public static DeviceOffer Of(string computerName, string name, long? totalBytes, long? freeBytes, string? kind)
    {
        var gpu = kind is not null && GpuCatalogue.All.TryFind(kind, out var known) ? known : null;
        var usable = gpu?.UsableBytes;
        if ((totalBytes ?? usable) is not { } total)
        {
            throw new LlmMemoryException(
                ErrorIds.DeviceMemoryMissing, name, $"The driver's tool does not tell how much memory {Quoted.Value(name)} has. Say it: -Memory 96GB.");
        }

        var seen = Math.Min(total, usable ?? total);
        return new DeviceOffer(new DeviceBudget(name, seen, Math.Min(seen, freeBytes ?? seen), gpu), computerName);
    }

    /// <summary>The pools that offers make: one for each kind of GPU and count, one for each machine.</summary>
    /// <param name="offers">The offers.</param>
    /// <param name="counts">How many there are of a kind, one after the other; null for as many as a workload asks for.</param>
    /// <param name="hostBytes">The memory of each host; null where nobody says it.</param>
    public static IEnumerable<DevicePool> Pools(IReadOnlyCollection<DeviceOffer> offers, IReadOnlyCollection<int?> counts, long? hostBytes)
    {
        var kinds = from offer in offers
                    where offer.ComputerName is null
                    from count in counts
                    select DevicePool.Of(offer._device, count);
        var machines = from offer in offers
                       where offer.ComputerName is not null
                       group offer._device by offer.ComputerName into machine
                       from count in counts
                       select OfMachine(machine.Key, [.. machine], count);
        return kinds.Concat(machines).Select(pool => pool.WithHost(hostBytes));
    }

    private static DevicePool OfMachine(string computerName, IReadOnlyList<DeviceBudget> devices, int? count)
    {
        var names = string.Join(", ", devices.GroupBy(device => device.Name).Select(group => group.Count() == 1 ? group.Key : $"{group.Count()} x {group.Key}"));
        var pool = DevicePool.Of($"{names} of {computerName}", devices);
        return count is { } some && some < devices.Count ? pool.Take(some) : pool;
    }
}
