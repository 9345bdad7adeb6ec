using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;

namespace LlmMemory.Hardware.Probes;

/// <summary>
/// Reads the MIG instances of NVIDIA's GPUs: their memory and processes from nvidia-smi -q -x, their identifiers and
/// profiles from nvidia-smi -L, which many versions leave out of the former. Both count the instances of a GPU alike.
/// </summary>
internal static class NvidiaMig
{
    private const string Device = "mig_device";

    private const string GpuInstance = "gpu_instance_id";

    private const string ComputeInstance = "compute_instance_id";

    /// <summary>Asks the tool.</summary>
    /// <param name="tool">The tool.</param>
    public static IReadOnlyList<NvidiaInstance> Read(GpuTool tool)
    {
        var names = NvidiaMigNames.Parse(tool.Read("-L"));
        var document = tool.Read("-q -x");
        try
        {
            return [.. Load(document).Descendants("gpu").SelectMany(gpu => Instances(gpu, names))];
        }
        catch (Exception error) when (error is XmlException or FormatException or OverflowException)
        {
            throw ToolErrors.NotUnderstood(tool, "an XML document with MIG instances", error is XmlException ? document : error.Message, error);
        }
    }

    // The document names a DTD, which is neither loaded nor obeyed.
    private static XDocument Load(string document)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        using var reader = XmlReader.Create(new StringReader(document.TrimStart()), settings);
        return XDocument.Load(reader);
    }

    private static IEnumerable<NvidiaInstance> Instances(XElement gpu, IReadOnlyDictionary<string, NvidiaMigNames> names)
    {
        var uuid = Text(gpu, "uuid");
        var devices = gpu.Element("mig_devices")?.Elements(Device).ToList() ?? [];
        var processes = gpu.Element("processes")?.Elements("process_info").ToList() ?? [];
        foreach (var device in devices)
        {
            var name = names.TryGetValue($"{uuid}/{Text(device, "index")}", out var found) ? found : null;
            var memory = device.Element("fb_memory_usage");
            yield return new NvidiaInstance
            {
                ParentUuid = uuid,
                Uuid = Text(device, "uuid") ?? name?.Uuid,
                Profile = name?.Profile,
                TotalBytes = ToolValue.Bytes(Text(memory, "total"), "MiB"),
                UsedBytes = ToolValue.Bytes(Text(memory, "used"), "MiB"),
                FreeBytes = ToolValue.Bytes(Text(memory, "free"), "MiB"),
                SharesMemory = devices.Count(other => IsSame(other, device, GpuInstance)) > 1,
                Processes = [.. processes.Where(process => IsSame(process, device, GpuInstance) && IsSame(process, device, ComputeInstance)).Select(Process)],
            };
        }
    }

    private static GpuProcess Process(XElement process)
    {
        return NvidiaProcesses.Process(Text(process, "pid") ?? string.Empty, Text(process, "process_name"), Text(process, "used_memory"));
    }

    private static bool IsSame(XElement element, XElement other, string name)
    {
        return Text(element, name) is { } value && value == Text(other, name);
    }

    private static string? Text(XElement? element, string name)
    {
        return ToolValue.Text(element?.Element(name)?.Value);
    }
}
