using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace LlmMemory.Hardware.Probes;

/// <summary>Reads the processes that hold memory of NVIDIA's GPUs.</summary>
internal static class NvidiaProcesses
{
    /// <summary>Asks the tool.</summary>
    /// <param name="tool">The tool.</param>
    public static IReadOnlyList<NvidiaProcess> Read(GpuTool tool)
    {
        var printed = tool.Read("--query-compute-apps=gpu_uuid,pid,process_name,used_memory --format=csv,noheader,nounits");
        return [.. printed.Split('\n').Where(IsRow).Select(line => Parse(tool, line))];
    }

    // Some versions say that there are none.
    private static bool IsRow(string line)
    {
        return !string.IsNullOrWhiteSpace(line) && !line.StartsWith("No running", StringComparison.OrdinalIgnoreCase);
    }

    // A program's name may hold commas: what stands before and behind it is counted from the ends.
    private static NvidiaProcess Parse(GpuTool tool, string line)
    {
        var fields = Array.ConvertAll(line.Split(','), field => field.Trim());
        try
        {
            var name = string.Join(", ", fields.Skip(2).Take(fields.Length - 3));
            return new NvidiaProcess(fields[0], Process(fields[1], name, fields[fields.Length - 1]));
        }
        catch (Exception error) when (error is FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw ToolErrors.NotUnderstood(tool, "a process's GPU, number, name and memory in MiB", line, error);
        }
    }

    /// <summary>A process as the tool prints it.</summary>
    public static GpuProcess Process(string id, string? name, string? used)
    {
        return new GpuProcess(int.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture), ToolValue.Text(name), ToolValue.Bytes(used, "MiB"));
    }
}
