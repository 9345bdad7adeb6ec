using System;

namespace LlmMemory.Binding;

/// <summary>Reads sizes of devices.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DeviceMemoryTransformationAttribute : ArgumentListTransformationAttribute
{
    private protected override Array Read(object?[] values)
    {
        return Array.ConvertAll(values, value => new DeviceMemoryArgument(value));
    }
}
