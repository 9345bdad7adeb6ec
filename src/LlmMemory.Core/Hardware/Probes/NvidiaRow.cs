using System;
using System.Globalization;

namespace LlmMemory.Hardware.Probes;

/// <summary>What nvidia-smi says of a GPU in one line.</summary>
internal sealed class NvidiaRow
{
    private NvidiaRow(string[] fields)
    {
        Index = int.Parse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture);
        Name = ToolValue.Text(fields[1]) ?? "NVIDIA GPU";
        Uuid = ToolValue.Text(fields[2]);
        DriverVersion = ToolValue.Text(fields[3]);
        TotalBytes = ToolValue.Bytes(fields[4], "MiB");
        UsedBytes = ToolValue.Bytes(fields[5], "MiB");
        FreeBytes = ToolValue.Bytes(fields[6], "MiB");
        IsDivided = fields.Length > 7 && fields[7] == "Enabled";
    }

    public int Index { get; }

    public string Name { get; }

    public string? Uuid { get; }

    public string? DriverVersion { get; }

    public long? TotalBytes { get; }

    public long? UsedBytes { get; }

    public long? FreeBytes { get; }

    public bool IsDivided { get; }

    /// <summary>Reads a line: <c>0, NVIDIA A100-SXM4-80GB, GPU-..., 535.129.03, 81920, 4, 81050, Disabled</c>.</summary>
    public static NvidiaRow Parse(GpuTool tool, string line)
    {
        var fields = Array.ConvertAll(line.Split(','), field => field.Trim());
        try
        {
            return fields.Length is 7 or 8 ? new NvidiaRow(fields) : throw new FormatException(line);
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw ToolErrors.NotUnderstood(tool, "a GPU's index, name, UUID, driver and memory in MiB", line, error);
        }
    }
}
