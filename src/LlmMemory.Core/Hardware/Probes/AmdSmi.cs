using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Json;
using LlmMemory.Naming;

namespace LlmMemory.Hardware.Probes;

/// <summary>
/// amd-smi: JSON documents for what a device is, its memory, its identifier and its processes. Up to ROCm 6 a list of
/// devices, since ROCm 7 an object that holds it under gpu_data.
/// Source: ROCm/amdsmi, docs/how-to/amdsmi-cli-tool.md and amdsmi_cli/amdsmi_commands.py.
/// </summary>
internal static class AmdSmi
{
    private const string List = "gpu_data";

    private const string Index = "gpu";

    /// <summary>Asks the tool.</summary>
    /// <param name="tool">The tool.</param>
    public static IReadOnlyList<GpuDevice> Read(GpuTool tool)
    {
        var devices = Ask(tool, "static --asic --driver --vram --json");
        var memory = ByIndex(Ask(tool, "metric --mem-usage --json"));
        var identity = ByIndex(tool.Try(() => Ask(tool, "list --json"), []));
        var processes = ByIndex(tool.Try(() => Ask(tool, "process --json"), []));
        return [.. devices.Select(device => ToDevice(tool, device, memory, identity, processes))];
    }

    private static IReadOnlyList<JsonNode> Ask(GpuTool tool, string arguments)
    {
        return ToolJson.Devices(tool, ToolJson.Parse(tool, tool.Read(arguments)), List);
    }

    private static Dictionary<int, JsonNode> ByIndex(IReadOnlyList<JsonNode> devices)
    {
        var byIndex = new Dictionary<int, JsonNode>();
        foreach (var device in devices)
        {
            if (ToolJson.Number(device, Index) is { } index)
            {
                byIndex[index] = device;
            }
        }

        return byIndex;
    }

    private static GpuDevice ToDevice(
        GpuTool tool,
        JsonNode device,
        Dictionary<int, JsonNode> memory,
        Dictionary<int, JsonNode> identity,
        Dictionary<int, JsonNode> processes)
    {
        var index = ToolJson.Number(device, Index) ?? throw ToolErrors.NotUnderstood(tool, "a device's number (gpu)", device.ToString());
        var usage = Get(memory, index)?.Get("mem_usage");
        var name = ToolJson.Text(device.Get("asic"), "market_name") ?? "AMD GPU";
        var total = ToolJson.Bytes(tool, usage?.Get("total_vram") ?? device.Get("vram")?.Get("size"), "MB");
        var used = ToolJson.Bytes(tool, usage?.Get("used_vram"), "MB");
        return new GpuDevice
        {
            ComputerName = Environment.MachineName,
            Index = index,
            Name = name,
            Vendor = "AMD",
            Uuid = ToolJson.Text(Get(identity, index), "uuid"),
            DriverVersion = ToolJson.Text(device.Get("driver"), "version", "driver_version"),
            TotalBytes = total,
            UsedBytes = used,
            FreeBytes = ToolJson.Bytes(tool, usage?.Get("free_vram"), "MB") ?? total - used,
            Processes = new DetailList<GpuProcess>([.. Processes(tool, Get(processes, index))]),
            Gpu = GpuMatch.Find(name, total),
            Source = "amd-smi",
        };
    }

    // A device without processes has a text in their place.
    private static IEnumerable<GpuProcess> Processes(GpuTool tool, JsonNode? device)
    {
        foreach (var info in (device?.Get("process_list")?.Items ?? []).Select(entry => entry.Get("process_info")))
        {
            if (info is not null && ToolJson.Number(info, "pid") is { } id)
            {
                var used = info.Get("memory_usage")?.Get("vram_mem") ?? info.Get("mem_usage");
                yield return new GpuProcess(id, ToolJson.Text(info, "name"), tool.Try(() => ToolJson.Bytes(tool, used, "B"), null));
            }
        }
    }

    private static JsonNode? Get(Dictionary<int, JsonNode> devices, int index)
    {
        return devices.TryGetValue(index, out var device) ? device : null;
    }
}
