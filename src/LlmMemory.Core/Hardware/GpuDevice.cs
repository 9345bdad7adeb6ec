using System;
using LlmMemory.Naming;
using LlmMemory.Quantities;

namespace LlmMemory.Hardware;

/// <summary>
/// A device found on a machine, as the driver's tool describes it. What the tool does not know (it prints N/A) is null.
/// </summary>
public sealed class GpuDevice
{
    /// <summary>The machine.</summary>
    public required string ComputerName { get; init; }

    /// <summary>The device's number, as its tool counts; a MIG instance has that of its GPU.</summary>
    public required int Index { get; init; }

    /// <summary>The name that the tool shows.</summary>
    public required string Name { get; init; }

    /// <summary>Who makes it.</summary>
    public required string Vendor { get; init; }

    /// <summary>The identifier that lasts over restarts; null where there is none.</summary>
    public string? Uuid { get; init; }

    /// <summary>The driver's version; null where the tool does not say.</summary>
    public string? DriverVersion { get; init; }

    /// <summary>All memory of the device; null where the tool does not say, as for one that shares the machine's.</summary>
    public long? TotalBytes { get; init; }

    /// <summary>The memory in use; null where the tool does not say.</summary>
    public long? UsedBytes { get; init; }

    /// <summary>The memory that a program can still have; null where the tool does not say, and for a divided GPU.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>Total in GiB; null where the tool does not say.</summary>
    public double? TotalGiB => ToGiB(TotalBytes);

    /// <summary>In use in GiB; null where the tool does not say.</summary>
    public double? UsedGiB => ToGiB(UsedBytes);

    /// <summary>Free in GiB; null where the tool does not say.</summary>
    public double? FreeGiB => ToGiB(FreeBytes);

    /// <summary>True for an instance of a GPU that is divided (MIG): a device of its own for CUDA.</summary>
    public bool IsMig { get; init; }

    /// <summary>An instance's profile: <c>1g.10gb</c>; null for a whole GPU.</summary>
    public string? MigProfile { get; init; }

    /// <summary>The identifier of the GPU that an instance is part of; null for a whole GPU.</summary>
    public string? ParentUuid { get; init; }

    /// <summary>
    /// True for a GPU that is divided into instances, which are listed as devices of their own: programs run on those,
    /// and its memory is not to be counted beside theirs.
    /// </summary>
    public bool IsDivided { get; init; }

    /// <summary>Processes that hold memory of it, as far as the tool shows them to this user.</summary>
    public DetailList<GpuProcess> Processes { get; init; } = new([]);

    /// <summary>Its kind in the catalogue, a name of Get-LlmGpu; null for a kind that the catalogue does not have.</summary>
    public string? Gpu { get; init; }

    /// <summary>What is to be known of the figures; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The tool that was asked.</summary>
    public required string Source { get; init; }

    /// <summary>The device in one line: <c>0: NVIDIA H100 80GB HBM3, 79.1 of 79.6 GiB free</c>.</summary>
    public override string ToString()
    {
        return FreeGiB is { } free && TotalGiB is { } total
            ? FormattableString.Invariant($"{Index}: {Name}, {free:0.0} of {total:0.0} GiB free")
            : FormattableString.Invariant($"{Index}: {Name}");
    }

    private static double? ToGiB(long? bytes)
    {
        return bytes is { } known ? ByteSize.ToGiB(known) : null;
    }
}
