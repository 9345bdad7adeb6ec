using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Json;

namespace LlmMemory.Hardware.Probes;

/// <summary>
/// xpu-smi: a JSON list of Intel's devices, and a document for each. Which process uses which device it says in a table
/// whose figures are known to be wrong (xpumanager#145), so none is listed.
/// Source: intel/xpumanager, issues 117 and 127 for the documents.
/// </summary>
internal static class XpuSmi
{
    private const int MaxDevices = 64;

    /// <summary>Asks the tool.</summary>
    /// <param name="tool">The tool.</param>
    public static IReadOnlyList<GpuDevice> Read(GpuTool tool)
    {
        var list = ToolJson.Devices(tool, ToolJson.Parse(tool, tool.Read("discovery -j")), "device_list", "devices");
        return [.. list.Take(MaxDevices).Select(device => ToDevice(tool, device))];
    }

    private static GpuDevice ToDevice(GpuTool tool, JsonNode device)
    {
        var index = ToolJson.Number(device, "device_id") ?? throw ToolErrors.NotUnderstood(tool, "a device's number (device_id)", device.ToString());
        var details = Details(tool, device, index);
        var name = ToolJson.Text(details, "device_name") ?? ToolJson.Text(device, "device_name") ?? "Intel GPU";
        var total = ToolJson.Bytes(tool, details.Get("memory_physical_size_byte"), "B");
        var free = ToolJson.Bytes(tool, details.Get("memory_free_size_byte"), "B");
        return new GpuDevice
        {
            ComputerName = Environment.MachineName,
            Index = index,
            Name = name,
            Vendor = "Intel",
            Uuid = ToolJson.Text(details, "uuid") ?? ToolJson.Text(device, "uuid"),
            DriverVersion = ToolJson.Text(details, "driver_version"),
            TotalBytes = total,
            UsedBytes = free is null ? null : total - free,
            FreeBytes = free,
            Gpu = GpuMatch.Find(name, total),
            Source = "xpu-smi",
        };
    }

    // Some versions have the details in the list already, some have an object of one device, some a list of one.
    private static JsonNode Details(GpuTool tool, JsonNode device, int index)
    {
        if (device.Get("memory_free_size_byte") is not null)
        {
            return device;
        }

        var document = ToolJson.Parse(tool, tool.Read(FormattableString.Invariant($"discovery -d {index} -j")));
        return document.Get("device_list") is { Items.Count: > 0 } list ? list.Items[0] : document;
    }
}
