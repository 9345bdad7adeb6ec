using LlmMemory.Quantities;

namespace LlmMemory.Estimation;

/// <summary>What is held in one phase.</summary>
public sealed class PhaseMemory
{
    internal PhaseMemory(string phase, long totalBytes, long maxDeviceBytes, long hostBytes)
    {
        Phase = phase;
        TotalBytes = totalBytes;
        MaxDeviceBytes = maxDeviceBytes;
        HostBytes = hostBytes;
    }

    /// <summary>The phase.</summary>
    public string Phase { get; }

    /// <summary>The bytes of all devices and the host.</summary>
    public long TotalBytes { get; }

    /// <summary>What the fullest device holds.</summary>
    public long MaxDeviceBytes { get; }

    /// <summary>What the host holds.</summary>
    public long HostBytes { get; }

    /// <summary>Phase and size in one line.</summary>
    public override string ToString()
    {
        return $"{Phase}: {ByteSize.FormatGB(TotalBytes)}";
    }
}
