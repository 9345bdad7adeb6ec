namespace LlmMemory.Hardware;

/// <summary>A process that holds memory of a device.</summary>
public sealed class GpuProcess
{
    internal GpuProcess(int id, string? name, long? usedBytes)
    {
        Id = id;
        Name = name;
        UsedBytes = usedBytes;
    }

    /// <summary>The number that the system knows it by.</summary>
    public int Id { get; }

    /// <summary>Its program; null where the tool does not show it to this user.</summary>
    public string? Name { get; }

    /// <summary>What it holds of the device's memory; null where the tool does not say.</summary>
    public long? UsedBytes { get; }

    /// <summary>The process in a few words: <c>python (4711)</c>.</summary>
    public override string ToString()
    {
        return System.FormattableString.Invariant($"{Name ?? "process"} ({Id})");
    }
}
