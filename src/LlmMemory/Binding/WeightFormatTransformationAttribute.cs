using System;

namespace LlmMemory.Binding;

/// <summary>Reads ways to store weights.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WeightFormatTransformationAttribute : ArgumentListTransformationAttribute
{
    private protected override Array Read(object?[] values)
    {
        return Array.ConvertAll(values, value => new WeightFormatArgument(value));
    }
}
