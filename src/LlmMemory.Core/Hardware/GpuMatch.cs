using System;

namespace LlmMemory.Hardware;

/// <summary>Finds a device's kind in the catalogue: by the name that its tool prints, if its memory is that of the kind.</summary>
internal static class GpuMatch
{
    // ECC that is switched takes a sixteenth, or gives it back.
    private const double Tolerance = 0.08;

    /// <summary>The kind's name; null where the catalogue does not have it.</summary>
    /// <param name="name">The device's name.</param>
    /// <param name="totalBytes">All of its memory; null where it is not known, and the name decides alone.</param>
    public static string? Find(string name, long? totalBytes)
    {
        return GpuCatalogue.All.TryFind(name, out var gpu) && HasMemoryOf(gpu, totalBytes) ? gpu.Name : null;
    }

    /// <summary>As <see cref="Find"/>, for a chip that is sold with several sizes of the machine's memory.</summary>
    /// <param name="name">The chip's name.</param>
    /// <param name="machineBytes">The machine's memory.</param>
    public static string? FindChip(string name, long? machineBytes)
    {
        return machineBytes is { } bytes ? Find(FormattableString.Invariant($"{name} {bytes >> 30}GB"), null) : null;
    }

    private static bool HasMemoryOf(Gpu gpu, long? totalBytes)
    {
        var expected = gpu.TotalBytes ?? gpu.MemoryGB * (1L << 30);
        return totalBytes is not { } bytes || gpu.IsUnifiedMemory || Math.Abs(bytes - expected) <= expected * Tolerance;
    }
}
