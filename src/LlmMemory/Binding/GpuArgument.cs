using System.Linq;
using System.Management.Automation;
using LlmMemory.Hardware;
using LlmMemory.Planning;

namespace LlmMemory.Binding;

/// <summary>
/// A GPU by name, an entry of the catalogue, or a device of a machine, live or as it came from a job or another
/// machine; null for a blank, and for a device that is divided into others.
/// </summary>
public sealed class GpuArgument : BoundArgument<DeviceOffer?>
{
    internal GpuArgument(object? given)
        : base(given, Read)
    {
    }

    /// <summary>True for an object that has the properties of a device or of a kind of GPU.</summary>
    internal static bool IsGpu(object? value)
    {
        return value is GpuDevice || (value is PSObject given && (IsNamed(given, nameof(GpuDevice)) || IsNamed(given, nameof(Hardware.Gpu))));
    }

    private static DeviceOffer? Read(object? value)
    {
        return value switch
        {
            GpuDevice device => device.IsDivided ? null : DeviceOffer.Of(device.ComputerName, device.Name, device.TotalBytes, device.FreeBytes, device.Gpu),
            PSObject given when IsNamed(given, nameof(GpuDevice)) => FromProperties(given),
            PSObject given => Kind(Text(given, nameof(Hardware.Gpu.Name))),
            _ => Kind(value),
        };
    }

    private static DeviceOffer? Kind(object? value)
    {
        return Setting.Find(value, GpuCatalogue.All) is { } gpu ? DeviceOffer.Of(gpu) : null;
    }

    private static DeviceOffer? FromProperties(PSObject given)
    {
        if (given.Properties[nameof(GpuDevice.IsDivided)]?.Value is true)
        {
            return null;
        }

        return DeviceOffer.Of(
            Text(given, "PSComputerName") ?? Text(given, nameof(GpuDevice.ComputerName)) ?? string.Empty,
            Text(given, nameof(GpuDevice.Name)) ?? string.Empty,
            given.Properties[nameof(GpuDevice.TotalBytes)]?.Value as long?,
            given.Properties[nameof(GpuDevice.FreeBytes)]?.Value as long?,
            Text(given, nameof(GpuDevice.Gpu)));
    }

    private static string? Text(PSObject given, string property)
    {
        return given.Properties[property]?.Value?.ToString();
    }

    private static bool IsNamed(PSObject given, string type)
    {
        return given.TypeNames.Any(name => name.EndsWith($".LlmMemory.Hardware.{type}", System.StringComparison.Ordinal));
    }
}
