using LlmMemory.Quantities;

namespace LlmMemory.Estimation;

/// <summary>What one device holds in the phase in which it is fullest.</summary>
public sealed class DeviceMemory
{
    internal DeviceMemory(string device, long bytes, string phase)
    {
        Device = device;
        Bytes = bytes;
        Phase = phase;
    }

    /// <summary>The device's name within the estimate: <c>Device 0</c>.</summary>
    public string Device { get; }

    /// <summary>The bytes it holds.</summary>
    public long Bytes { get; }

    /// <summary>The same in GB (1e9 bytes).</summary>
    public double GB => ByteSize.ToGB(Bytes);

    /// <summary>The same in GiB (2^30 bytes).</summary>
    public double GiB => ByteSize.ToGiB(Bytes);

    /// <summary>The phase in which it is fullest.</summary>
    public string Phase { get; }

    /// <summary>Device and size in one line.</summary>
    public override string ToString()
    {
        return $"{Device}: {ByteSize.FormatGB(Bytes)}";
    }
}
