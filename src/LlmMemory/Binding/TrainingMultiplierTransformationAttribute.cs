using System;

namespace LlmMemory.Binding;

/// <summary>Reads training multipliers.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TrainingMultiplierTransformationAttribute : ArgumentListTransformationAttribute
{
    private protected override Array Read(object?[] values)
    {
        return Array.ConvertAll(values, value => new TrainingMultiplierArgument(value));
    }
}
