using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Planning;

/// <summary>The devices of one machine or of several alike ones, and the memory of the host beside them.</summary>
public sealed class DevicePool
{
    private DevicePool(string name, IReadOnlyList<DeviceBudget> devices, bool isOpen)
    {
        Name = name;
        Devices = devices;
        IsOpen = isOpen;
    }

    /// <summary>What the pool is called: <c>2 x H100 SXM5 80GB</c>.</summary>
    public string Name { get; }

    /// <summary>The devices.</summary>
    public IReadOnlyList<DeviceBudget> Devices { get; }

    /// <summary>True where there are as many devices like these as a workload asks for.</summary>
    public bool IsOpen { get; }

    /// <summary>The memory of the host; null where nobody says it, and it is not judged then.</summary>
    public long? HostBytes { get; init; }

    /// <summary>Devices that are alike.</summary>
    /// <param name="device">One of them.</param>
    /// <param name="count">How many there are; as many as a workload asks for when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count below 1.</exception>
    public static DevicePool Of(DeviceBudget device, int? count = null)
    {
        if (device is null)
        {
            throw new ArgumentNullException(nameof(device));
        }

        if (count < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(count));
        }

        return new DevicePool(NameOf(device.Name, count ?? 1), [.. Enumerable.Repeat(device, count ?? 1)], count is null);
    }

    /// <summary>The devices of a machine, alike or not.</summary>
    /// <param name="name">What the machine is called.</param>
    /// <param name="devices">Its devices.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static DevicePool Of(string name, IReadOnlyList<DeviceBudget> devices)
    {
        return devices is { Count: > 0 }
            ? new DevicePool(name, devices, isOpen: false)
            : throw new ArgumentException("A pool has at least one device.", nameof(devices));
    }

    /// <summary>The pool with as many devices as a workload asks for, where there are as many as it wants.</summary>
    /// <param name="devices">How many it asks for.</param>
    internal DevicePool For(int devices)
    {
        return IsOpen && devices > Devices.Count ? Of(Devices[0], devices).WithHost(HostBytes) : this;
    }

    /// <summary>A part of the pool: its roomiest devices.</summary>
    /// <param name="devices">How many.</param>
    internal DevicePool Take(int devices)
    {
        if (IsOpen)
        {
            return Of(Devices[0], devices).WithHost(HostBytes);
        }

        var roomiest = Devices.OrderByDescending(device => device.AvailableBytes).Take(devices).ToList();
        var name = roomiest.TrueForAll(device => device.Name == roomiest[0].Name) ? NameOf(roomiest[0].Name, roomiest.Count) : $"{roomiest.Count} of {Name}";
        return new DevicePool(name, roomiest, isOpen: false) { HostBytes = HostBytes };
    }

    /// <summary>The name in a list.</summary>
    public override string ToString()
    {
        return Name;
    }

    /// <summary>The pool with the memory of its host.</summary>
    internal DevicePool WithHost(long? hostBytes)
    {
        return new DevicePool(Name, Devices, IsOpen) { HostBytes = hostBytes };
    }

    private static string NameOf(string device, int count)
    {
        return count == 1 ? device : $"{count} x {device}";
    }
}
