using System;

namespace LlmMemory.Binding;

/// <summary>Reads optimizers.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptimizerTransformationAttribute : ArgumentListTransformationAttribute
{
    private protected override Array Read(object?[] values)
    {
        return Array.ConvertAll(values, value => new OptimizerArgument(value));
    }
}
