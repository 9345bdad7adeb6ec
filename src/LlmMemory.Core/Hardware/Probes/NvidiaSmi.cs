using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Naming;

namespace LlmMemory.Hardware.Probes;

/// <summary>
/// nvidia-smi: one line of comma-separated values for each GPU, one for each process; of GPUs that are divided (MIG)
/// also the instances.
/// Source: nvidia-smi --help-query-gpu and --help-query-compute-apps.
/// </summary>
internal static class NvidiaSmi
{
    private const string Vendor = "NVIDIA";

    private const string Fields = "index,name,uuid,driver_version,memory.total,memory.used,memory.free";

    private const string MigField = ",mig.mode.current";

    private const string Format = " --format=csv,noheader,nounits";

    // "No devices were found", with the exit code of NVML_ERROR_NOT_FOUND.
    private const int NoDevices = 6;

    /// <summary>Asks the tool.</summary>
    /// <param name="tool">The tool.</param>
    public static IReadOnlyList<GpuDevice> Read(GpuTool tool)
    {
        var rows = Rows(tool).Select(line => NvidiaRow.Parse(tool, line)).ToList();
        var processes = rows.Count == 0 ? [] : tool.Try(() => NvidiaProcesses.Read(tool), []);
        var instances = rows.Exists(row => row.IsDivided) ? tool.Try(() => NvidiaMig.Read(tool), []) : [];
        return [.. rows.SelectMany(row => Devices(row, processes, instances))];
    }

    private static IEnumerable<string> Rows(GpuTool tool)
    {
        var output = tool.Run($"--query-gpu={Fields}{MigField}{Format}");
        if (output.ExitCode != 0 && output.Says("is not a valid field to query"))
        {
            // Drivers before 450 know no MIG.
            output = tool.Run($"--query-gpu={Fields}{Format}");
        }

        var isEmpty = output.ExitCode == NoDevices && output.Says("No devices");
        return output.ExitCode == 0 || isEmpty
            ? (isEmpty ? string.Empty : output.Text).Split('\n').Where(line => !string.IsNullOrWhiteSpace(line))
            : throw ToolErrors.Failed(tool, output);
    }

    private static IEnumerable<GpuDevice> Devices(
        NvidiaRow row, IReadOnlyList<NvidiaProcess> processes, IReadOnlyList<NvidiaInstance> instances)
    {
        var own = instances.Where(instance => instance.ParentUuid == row.Uuid).ToList();
        yield return Whole(row, own.Count, processes.Where(process => process.GpuUuid == row.Uuid).Select(process => process.Process));
        foreach (var instance in own)
        {
            yield return Part(row, instance);
        }
    }

    private static GpuDevice Whole(NvidiaRow row, int instances, IEnumerable<GpuProcess> processes)
    {
        return new GpuDevice
        {
            ComputerName = Environment.MachineName,
            Index = row.Index,
            Name = row.Name,
            Vendor = Vendor,
            Uuid = row.Uuid,
            DriverVersion = row.DriverVersion,
            TotalBytes = row.TotalBytes,
            UsedBytes = row.UsedBytes,
            FreeBytes = row.IsDivided ? null : row.FreeBytes,
            IsDivided = row.IsDivided,
            Processes = new DetailList<GpuProcess>([.. processes]),
            Gpu = GpuMatch.Find(row.Name, row.TotalBytes),
            Note = row.IsDivided ? DividedNote(instances) : row.TotalBytes is null ? HostMemory.Note() : null,
            Source = "nvidia-smi",
        };
    }

    private static string DividedNote(int instances)
    {
        return instances == 0
            ? "MIG is on and no instance is listed: no program runs on the GPU as a whole."
            : string.Format(CultureInfo.InvariantCulture, "Divided into MIG instances, {0} of them, each a device of its own below; no program runs on the whole.", instances);
    }

    private static GpuDevice Part(NvidiaRow row, NvidiaInstance instance)
    {
        return new GpuDevice
        {
            ComputerName = Environment.MachineName,
            Index = row.Index,
            Name = instance.Profile is { } profile ? $"MIG {profile} of {row.Name}" : $"MIG of {row.Name}",
            Vendor = Vendor,
            Uuid = instance.Uuid,
            DriverVersion = row.DriverVersion,
            TotalBytes = instance.TotalBytes,
            UsedBytes = instance.UsedBytes,
            FreeBytes = instance.FreeBytes,
            IsMig = true,
            MigProfile = instance.Profile,
            ParentUuid = row.Uuid,
            Processes = new DetailList<GpuProcess>([.. instance.Processes]),
            Note = instance.SharesMemory ? "Shares its memory with other compute instances of its GPU instance." : null,
            Source = "nvidia-smi",
        };
    }
}
