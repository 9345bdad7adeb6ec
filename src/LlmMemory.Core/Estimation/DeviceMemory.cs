using LlmMemory.Quantities;

namespace LlmMemory.Estimation;

/// <summary>What one device holds at the peak.</summary>
public sealed class DeviceMemory
{
    internal DeviceMemory(string device, long bytes)
    {
        Device = device;
        Bytes = bytes;
    }

    /// <summary>The device's name within the estimate.</summary>
    public string Device { get; }

    /// <summary>The bytes it holds.</summary>
    public long Bytes { get; }

    /// <summary>The same in GB (1e9 bytes).</summary>
    public double GB => ByteSize.ToGB(Bytes);

    /// <summary>The same in GiB (2^30 bytes).</summary>
    public double GiB => ByteSize.ToGiB(Bytes);

    /// <summary>Device and size in one line.</summary>
    public override string ToString()
    {
        return $"{Device}: {ByteSize.FormatGB(Bytes)}";
    }
}
