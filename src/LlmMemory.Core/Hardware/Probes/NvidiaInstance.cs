using System.Collections.Generic;

namespace LlmMemory.Hardware.Probes;

/// <summary>A MIG instance as nvidia-smi lists it.</summary>
internal sealed class NvidiaInstance
{
    public required string? ParentUuid { get; init; }

    public string? Uuid { get; init; }

    public string? Profile { get; init; }

    public long? TotalBytes { get; init; }

    public long? UsedBytes { get; init; }

    public long? FreeBytes { get; init; }

    /// <summary>True where several compute instances have the memory of one GPU instance together.</summary>
    public bool SharesMemory { get; init; }

    public IReadOnlyList<GpuProcess> Processes { get; init; } = [];
}
