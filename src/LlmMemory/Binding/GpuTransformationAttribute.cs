using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Commands;
using LlmMemory.Hardware;

namespace LlmMemory.Binding;

/// <summary>Reads GPUs; a name with wildcards stands for all that it matches.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class GpuTransformationAttribute : ArgumentListTransformationAttribute
{
    private protected override Array Read(object?[] values)
    {
        return values.SelectMany(Matches).Select(value => new GpuArgument(value)).ToArray();
    }

    private protected override bool IsPlain(object? value)
    {
        return value is string || value is Gpu || GpuArgument.IsGpu(value);
    }

    // A pattern that matches nothing is looked up as a name, which says that it is none.
    private static IEnumerable<object?> Matches(object? value)
    {
        if (value is not string text || new NamePattern(text) is not { HasWildcards: true } pattern)
        {
            return [value];
        }

        Gpu[] matches = [.. GpuCatalogue.All.Where(gpu => pattern.Matches(gpu.Name) || gpu.Aliases.Any(pattern.Matches))];
        return matches.Length > 0 ? matches : [value];
    }
}
