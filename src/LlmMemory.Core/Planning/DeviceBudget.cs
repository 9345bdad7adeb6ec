using LlmMemory.Hardware;
using LlmMemory.Quantities;

namespace LlmMemory.Planning;

/// <summary>What one device has to give.</summary>
public sealed class DeviceBudget
{
    /// <summary>Creates a budget.</summary>
    /// <param name="name">The device's name: <c>H100 SXM5 80GB</c>.</param>
    /// <param name="totalBytes">Its memory as an engine sees it.</param>
    /// <param name="availableBytes">What of it is free; all where that is not known.</param>
    /// <param name="kind">Its kind in the catalogue; null where that is not known.</param>
    public DeviceBudget(string name, long totalBytes, long? availableBytes = null, Gpu? kind = null)
    {
        Name = name;
        TotalBytes = totalBytes;
        AvailableBytes = availableBytes ?? totalBytes;
        Kind = kind;
    }

    /// <summary>The device's name.</summary>
    public string Name { get; }

    /// <summary>Its memory as an engine sees it.</summary>
    public long TotalBytes { get; }

    /// <summary>What of it is free.</summary>
    public long AvailableBytes { get; }

    /// <summary>Its kind in the catalogue; null where that is not known.</summary>
    public Gpu? Kind { get; }

    /// <summary>Name and free memory in one line.</summary>
    public override string ToString()
    {
        return $"{Name}: {ByteSize.FormatGiB(AvailableBytes)}";
    }
}
