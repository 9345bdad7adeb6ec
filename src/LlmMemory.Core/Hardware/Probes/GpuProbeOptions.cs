using System;
using System.Collections.Generic;
using System.Threading;
using LlmMemory.Errors;
using LlmMemory.Sources.Machine;

namespace LlmMemory.Hardware.Probes;

/// <summary>How a machine is asked for its GPUs.</summary>
public sealed record GpuProbeOptions
{
    /// <summary>How long all calls of one tool may take together.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whose variables and which kind of system; those of this process when not said.</summary>
    public UserEnvironment Environment { get; init; } = UserEnvironment.Current;

    /// <summary>The only folders to look for tools in; those of PATH, and where tools are installed, when null.</summary>
    public IReadOnlyList<string>? Folders { get; init; }

    /// <summary>Told of a tool that failed; the devices of the others are listed all the same.</summary>
    public Action<LlmMemoryException>? Problem { get; init; }

    /// <summary>Told of each call before it is made, as a command line.</summary>
    public Action<string>? Running { get; init; }

    /// <summary>Ends the tool that is running.</summary>
    public CancellationToken Cancellation { get; init; }
}
