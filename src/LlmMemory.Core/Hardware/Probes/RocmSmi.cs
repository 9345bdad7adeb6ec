using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Json;

namespace LlmMemory.Hardware.Probes;

/// <summary>
/// rocm-smi, which amd-smi has followed: one JSON object whose members are cards. It does not say which of its devices a
/// process uses how much of, so none is listed.
/// Source: ROCm/rocm_smi_lib, python_smi_tools/rocm_smi.py.
/// </summary>
internal static class RocmSmi
{
    private const string Card = "card";

    /// <summary>Asks the tool.</summary>
    /// <param name="tool">The tool.</param>
    public static IReadOnlyList<GpuDevice> Read(GpuTool tool)
    {
        var document = ToolJson.Parse(tool, tool.Read("--showproductname --showmeminfo vram --showuniqueid --showdriverversion --json"));
        if (document.Kind != JsonTokenKind.ObjectStart)
        {
            throw ToolErrors.NotUnderstood(tool, "an object of cards", document.ToString());
        }

        var driver = ToolJson.Text(document.Get("system"), "Driver version");
        return
        [
            .. document.Members
                .Select(member => (Index: CardIndex(member.Key), Card: member.Value))
                .Where(member => member.Index is not null)
                .OrderBy(member => member.Index)
                .Select(member => ToDevice(tool, member.Index!.Value, member.Card, driver)),
        ];
    }

    private static int? CardIndex(string name)
    {
        return name.StartsWith(Card, StringComparison.Ordinal)
            && int.TryParse(name.Substring(Card.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                ? index
                : null;
    }

    private static GpuDevice ToDevice(GpuTool tool, int index, JsonNode card, string? driver)
    {
        var name = ToolJson.Text(card, "Card Series", "Card series", "Device Name", "Card model") ?? "AMD GPU";
        var total = ToolJson.Bytes(tool, card.Get("VRAM Total Memory (B)"), "B");
        var used = ToolJson.Bytes(tool, card.Get("VRAM Total Used Memory (B)"), "B");
        return new GpuDevice
        {
            ComputerName = Environment.MachineName,
            Index = index,
            Name = name,
            Vendor = "AMD",
            Uuid = ToolJson.Text(card, "Unique ID"),
            DriverVersion = driver,
            TotalBytes = total,
            UsedBytes = used,
            FreeBytes = total - used,
            Gpu = GpuMatch.Find(name, total),
            Source = "rocm-smi",
        };
    }
}
