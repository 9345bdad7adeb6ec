using System;

namespace LlmMemory.Binding;

/// <summary>Reads adapter methods.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AdapterMethodTransformationAttribute : ArgumentListTransformationAttribute
{
    private protected override Array Read(object?[] values)
    {
        return Array.ConvertAll(values, value => new AdapterMethodArgument(value));
    }
}
