using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Json;

namespace LlmMemory.Hardware.Probes;

/// <summary>
/// system_profiler, macOS's own: a JSON list of display adapters. Apple's chips share the machine's memory, which sysctl
/// tells; how much of it is free for them nobody prints.
/// </summary>
internal static class SystemProfiler
{
    private const string Apple = "Apple";

    /// <summary>Asks the tool.</summary>
    /// <param name="tool">The tool.</param>
    public static IReadOnlyList<GpuDevice> Read(GpuTool tool)
    {
        var list = ToolJson.Devices(tool, ToolJson.Parse(tool, tool.Read("SPDisplaysDataType -json")), "SPDisplaysDataType");
        var memory = tool.Try(() => ToolValue.Bytes(tool.ReadBeside("sysctl", "-n hw.memsize"), "B"), null);
        return [.. list.Select((adapter, index) => ToDevice(tool, adapter, index, memory))];
    }

    private static GpuDevice ToDevice(GpuTool tool, JsonNode adapter, int index, long? memory)
    {
        var name = ToolJson.Text(adapter, "sppci_model", "_name") ?? "GPU";
        var isApple = name.StartsWith(Apple, StringComparison.Ordinal);
        var total = isApple ? memory : ToolJson.Bytes(tool, adapter.Get("spdisplays_vram") ?? adapter.Get("_spdisplays_vram"), "B");
        var kind = isApple ? GpuMatch.FindChip(name, memory) : GpuMatch.Find(name, total);
        return new GpuDevice
        {
            ComputerName = Environment.MachineName,
            Index = index,
            Name = name,
            Vendor = isApple ? Apple : AdapterVendor.Of(name),
            TotalBytes = total,
            Gpu = kind,
            Note = isApple ? Note(kind) : null,
            Source = "system_profiler",
        };
    }

    private static string Note(string? kind)
    {
        return kind is not null && GpuCatalogue.All.TryFind(kind, out var gpu)
            ? FormattableString.Invariant($"Shares the machine's memory; Metal recommends {gpu.UsableGiB:0.0} GiB of it at most by default.")
            : "Shares the machine's memory, of which Metal recommends a part.";
    }
}
