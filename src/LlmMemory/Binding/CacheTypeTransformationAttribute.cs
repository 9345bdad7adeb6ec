using System;

namespace LlmMemory.Binding;

/// <summary>Reads types of caches.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CacheTypeTransformationAttribute : ArgumentListTransformationAttribute
{
    private protected override Array Read(object?[] values)
    {
        return Array.ConvertAll(values, value => new CacheTypeArgument(value));
    }
}
