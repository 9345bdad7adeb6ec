using System;
using LlmMemory.Models;

namespace LlmMemory.Binding;

/// <summary>Reads models and names of the catalogue.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ModelTransformationAttribute : ArgumentListTransformationAttribute
{
    private protected override Array Read(object?[] values)
    {
        return Array.ConvertAll(values, value => new ModelArgument(value));
    }

    private protected override bool IsPlain(object? value)
    {
        return value is LlmModel || base.IsPlain(value);
    }
}
