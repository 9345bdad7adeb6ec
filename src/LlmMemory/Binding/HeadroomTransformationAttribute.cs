using System;

namespace LlmMemory.Binding;

/// <summary>Reads headrooms.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HeadroomTransformationAttribute : ArgumentListTransformationAttribute
{
    private protected override Array Read(object?[] values)
    {
        return Array.ConvertAll(values, value => new HeadroomArgument(value));
    }
}
