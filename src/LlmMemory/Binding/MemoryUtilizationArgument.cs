using LlmMemory.Workloads.Serving;

namespace LlmMemory.Binding;

/// <summary>A share of a device: 0.9, 90 or 90%; null for a blank.</summary>
public sealed class MemoryUtilizationArgument : BoundArgument<decimal?>
{
    internal MemoryUtilizationArgument(object? given)
        : base(given, value => Setting.ReadValue(value, MemoryUtilization.Parse))
    {
    }
}
