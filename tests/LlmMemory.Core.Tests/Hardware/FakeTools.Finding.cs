using System;
using System.Collections.Generic;
using System.Threading;
using LlmMemory.Errors;
using LlmMemory.Hardware;
using LlmMemory.Hardware.Probes;
using LlmMemory.Sources.Machine;

namespace LlmMemory.Core.Tests.Hardware;

/// <summary>How the engine is asked about a machine that has these tools and no others.</summary>
internal sealed partial class FakeTools
{
    public List<LlmMemoryException> Problems { get; } = [];

    public List<string> Calls { get; } = [];

    /// <summary>Asks the machine that has these tools and no others.</summary>
    public IReadOnlyList<GpuDevice> Find(
        double seconds = 30, MachinePlatform platform = MachinePlatform.Linux, CancellationToken cancellation = default)
    {
        return LocalGpus.Find(new GpuProbeOptions
        {
            Timeout = TimeSpan.FromSeconds(seconds),
            Environment = UserEnvironment.Of(Folder, platform, new Dictionary<string, string>()),
            Folders = [Folder],
            Problem = Problems.Add,
            Running = Calls.Add,
            Cancellation = cancellation,
        });
    }
}
