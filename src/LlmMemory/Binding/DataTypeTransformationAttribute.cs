using System;

namespace LlmMemory.Binding;

/// <summary>Reads data types.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DataTypeTransformationAttribute : ArgumentListTransformationAttribute
{
    private protected override Array Read(object?[] values)
    {
        return Array.ConvertAll(values, value => new DataTypeArgument(value));
    }
}
