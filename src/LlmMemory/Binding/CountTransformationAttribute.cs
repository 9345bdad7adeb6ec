using System;

namespace LlmMemory.Binding;

/// <summary>Reads parameter counts.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CountTransformationAttribute : ArgumentListTransformationAttribute
{
    private protected override Array Read(object?[] values)
    {
        return Array.ConvertAll(values, value => new CountArgument(value));
    }
}
