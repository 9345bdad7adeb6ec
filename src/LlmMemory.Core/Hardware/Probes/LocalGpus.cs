using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Hardware.Probes;

/// <summary>
/// The GPUs of this machine, as the tools of their drivers describe them: nvidia-smi, amd-smi or rocm-smi, xpu-smi,
/// system_profiler, and on Windows the registry for what no tool describes.
/// </summary>
public static class LocalGpus
{
    private static readonly GpuProbe[] Probes =
    [
        new("nvidia-smi", NvidiaSmi.Read),
        new("amd-smi", AmdSmi.Read),
        new("rocm-smi", RocmSmi.Read) { Unless = "amd-smi" },
        new("xpu-smi", XpuSmi.Read),
        new("system_profiler", SystemProfiler.Read),
        new("reg", WindowsRegistry.Read) { IsFallback = true },
    ];

    /// <summary>Asks the machine.</summary>
    /// <param name="options">How; the defaults when null.</param>
    /// <returns>The devices, a vendor's together; none on a machine whose tools find none.</returns>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.GpuToolMissing"/>: there is no tool to ask.</exception>
    /// <exception cref="OperationCanceledException">It was called off; the tool that ran is ended.</exception>
    public static IReadOnlyList<GpuDevice> Find(GpuProbeOptions? options = null)
    {
        var asked = options ?? new GpuProbeOptions();
        var search = new ToolSearch(asked);
        var found = Probes
            .Select(probe => (Probe: probe, Path: search.Find(probe.Tool)))
            .Where(found => found.Path is not null)
            .ToList();
        if (found.Count == 0)
        {
            throw ToolErrors.Missing(Probes.Where(probe => search.IsLookedFor(probe.Tool)).Select(probe => probe.Tool), search.Folders);
        }

        var devices = new List<GpuDevice>();
        var answered = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (probe, path) in found.Where(found => found.Probe.Unless is not { } other || !answered.Contains(other)))
        {
            var known = probe.IsFallback ? new HashSet<string>(devices.Select(device => device.Vendor), StringComparer.Ordinal) : [];
            var read = Ask(probe, new GpuTool(path!, asked), asked);
            devices.AddRange(read?.Where(device => !known.Contains(device.Vendor)) ?? []);
            if (read is not null)
            {
                answered.Add(probe.Tool);
            }
        }

        return devices;
    }

    private static IReadOnlyList<GpuDevice>? Ask(GpuProbe probe, GpuTool tool, GpuProbeOptions options)
    {
        try
        {
            return probe.Read(tool);
        }
        catch (LlmMemoryException error)
        {
            options.Problem?.Invoke(error);
            return null;
        }
    }
}
