using System;
using System.Collections.Generic;

namespace LlmMemory.Hardware.Probes;

/// <summary>A tool that describes GPUs, and the reader of what it says.</summary>
internal sealed class GpuProbe(string tool, Func<GpuTool, IReadOnlyList<GpuDevice>> read)
{
    /// <summary>The tool's file, without the ending that Windows gives it.</summary>
    public string Tool => tool;

    /// <summary>Asks the tool.</summary>
    public Func<GpuTool, IReadOnlyList<GpuDevice>> Read => read;

    /// <summary>The tool that describes the same devices: this one is asked only where that one gave no answer.</summary>
    public string? Unless { get; init; }

    /// <summary>True where it knows every device of the machine a little, and counts for those that no other tool knows.</summary>
    public bool IsFallback { get; init; }
}
