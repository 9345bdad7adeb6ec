using LlmMemory.Workloads.Serving;

namespace LlmMemory.Binding;

/// <summary>The memory of a device: 80GB or bytes; null for a blank.</summary>
public sealed class DeviceMemoryArgument : BoundArgument<long?>
{
    internal DeviceMemoryArgument(object? given)
        : base(given, value => Setting.ReadValue(value, DeviceMemorySize.Parse))
    {
    }
}
