using LlmMemory.Errors;
using LlmMemory.Quantities;

namespace LlmMemory.Workloads.Serving;

/// <summary>The share of a device that an engine may take: 0.9, 90 or '90%'.</summary>
public static class MemoryUtilization
{
    /// <summary>Reads a share.</summary>
    /// <param name="value">Text or a number.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.ServingSettingInvalid"/> or <see cref="ErrorIds.ServingSettingOutOfRange"/>.
    /// </exception>
    public static decimal Parse(object value)
    {
        var reading = Share.Read(value, out var share);
        if (reading == NumericReading.NotNumeric)
        {
            throw new LlmMemoryException(
                ErrorIds.ServingSettingInvalid, value, $"{Quoted.Value(value)} is no share of a device. Write -GpuMemoryUtilization 0.9.");
        }

        return reading == NumericReading.Number && share is > 0 and <= 1
            ? share
            : throw new LlmMemoryException(
                ErrorIds.ServingSettingOutOfRange, value, $"{Quoted.Value(value)} is not between 0 and 1. Write -GpuMemoryUtilization 0.9.");
    }
}
