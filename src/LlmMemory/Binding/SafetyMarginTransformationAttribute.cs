using System;

namespace LlmMemory.Binding;

/// <summary>Reads safety margins.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SafetyMarginTransformationAttribute : ArgumentListTransformationAttribute
{
    private protected override Array Read(object?[] values)
    {
        return Array.ConvertAll(values, value => new SafetyMarginArgument(value));
    }
}
