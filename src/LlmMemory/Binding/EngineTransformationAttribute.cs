using System;

namespace LlmMemory.Binding;

/// <summary>Reads engines.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EngineTransformationAttribute : ArgumentListTransformationAttribute
{
    private protected override Array Read(object?[] values)
    {
        return Array.ConvertAll(values, value => new EngineArgument(value));
    }
}
