using System;
using System.IO;
using System.Linq;

namespace LlmMemory.Hardware.Probes;

/// <summary>The machine's memory, for devices that share it and whose tools then say nothing.</summary>
internal static class HostMemory
{
    private const string File = "/proc/meminfo";

    /// <summary>A sentence with the machine's figures where they are cheap to have.</summary>
    public static string Note()
    {
        var figures = Read("MemTotal") is { } total && Read("MemAvailable") is { } available
            ? FormattableString.Invariant($": {total:0.0} GiB, of which {available:0.0} GiB are available")
            : string.Empty;
        return $"Its tool names no memory: it shares the machine's{figures}.";
    }

    // "MemTotal:       128501256 kB"
    private static double? Read(string name)
    {
        try
        {
            var line = System.IO.File.ReadLines(File).FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal));
            return ToolValue.Bytes(line?.Substring(name.Length + 1).Replace("kB", "KB"), "KB") / (double)(1L << 30);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }
}
