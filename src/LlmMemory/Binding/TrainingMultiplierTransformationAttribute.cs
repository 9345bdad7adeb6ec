using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Binding;

/// <summary>Reads training multipliers.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TrainingMultiplierTransformationAttribute : ArgumentListTransformationAttribute
{
    /// <inheritdoc/>
    protected override object ToArguments(IReadOnlyList<object?> values)
    {
        return values.Select(value => new TrainingMultiplierArgument(value)).ToArray();
    }
}
