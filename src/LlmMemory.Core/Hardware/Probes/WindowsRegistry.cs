using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace LlmMemory.Hardware.Probes;

/// <summary>
/// What Windows knows of display adapters, for those whose driver brings no tool: name, driver and memory, which its
/// class of adapters keeps in the registry. WMI's Win32_VideoController has the memory in 32 bits only, 4 GB at most.
/// How much of it is in use stands nowhere there.
/// </summary>
internal static class WindowsRegistry
{
    private const string Adapters = @"HKLM\SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}";

    private const string Memory = "HardwareInformation.qwMemorySize";

    // "    DriverDesc    REG_SZ    AMD Radeon RX 6800 XT": the summary below is in the user's language and is no value.
    private static readonly Regex Value = new(
        @"^\s+(?<name>\S+)\s+REG_(SZ|QWORD)\s+(?<value>.+?)\s*$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Asks the tool.</summary>
    /// <param name="tool">reg.exe.</param>
    public static IReadOnlyList<GpuDevice> Read(GpuTool tool)
    {
        var memory = Query(tool, Memory);
        var names = Query(tool, "DriverDesc");
        var versions = Query(tool, "DriverVersion");
        return [.. memory.Keys.OrderBy(key => key, StringComparer.Ordinal).Select((key, index) => ToDevice(tool, key, index, memory, names, versions))];
    }

    // Exit code 1 is that of nothing found, and that of a subkey that this user may not read: what was found counts.
    private static Dictionary<string, string> Query(GpuTool tool, string name)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var key = string.Empty;
        foreach (var line in ToolOutput.ShortLines(tool.Run($"query {Adapters} /s /v {name}").Text))
        {
            key = line.StartsWith("HKEY_", StringComparison.Ordinal) ? line.Trim() : key;
            if (Value.Match(line) is { Success: true } value && string.Equals(value.Groups["name"].Value, name, StringComparison.OrdinalIgnoreCase))
            {
                found[key] = value.Groups["value"].Value;
            }
        }

        return found;
    }

    private static GpuDevice ToDevice(
        GpuTool tool,
        string key,
        int index,
        Dictionary<string, string> memory,
        Dictionary<string, string> names,
        Dictionary<string, string> versions)
    {
        var name = names.TryGetValue(key, out var found) ? found : "Display adapter";
        var total = Number(tool, memory[key]);
        return new GpuDevice
        {
            ComputerName = Environment.MachineName,
            Index = index,
            Name = name,
            Vendor = AdapterVendor.Of(name),
            DriverVersion = versions.TryGetValue(key, out var version) ? version : null,
            TotalBytes = total,
            Gpu = GpuMatch.Find(name, total),
            Note = "From Windows' registry, which does not say what is in use: the driver brings no tool that does.",
            Source = "reg",
        };
    }

    private static long Number(GpuTool tool, string text)
    {
        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && long.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            && number is >= 0 and < 1L << 50
                ? number
                : throw ToolErrors.NotUnderstood(tool, "a size such as 0x400000000", text);
    }
}
