using System;

namespace LlmMemory.Binding;

/// <summary>Reads shares of a device.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MemoryUtilizationTransformationAttribute : ArgumentListTransformationAttribute
{
    private protected override Array Read(object?[] values)
    {
        return Array.ConvertAll(values, value => new MemoryUtilizationArgument(value));
    }
}
