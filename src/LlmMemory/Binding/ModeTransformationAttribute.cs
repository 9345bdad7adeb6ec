using System;

namespace LlmMemory.Binding;

/// <summary>Reads modes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ModeTransformationAttribute : ArgumentListTransformationAttribute
{
    private protected override Array Read(object?[] values)
    {
        return Array.ConvertAll(values, value => new ModeArgument(value));
    }
}
