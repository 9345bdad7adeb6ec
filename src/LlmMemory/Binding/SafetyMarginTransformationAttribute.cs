using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Binding;

/// <summary>Reads safety margins.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SafetyMarginTransformationAttribute : ArgumentListTransformationAttribute
{
    /// <inheritdoc/>
    protected override object ToArguments(IReadOnlyList<object?> values)
    {
        return values.Select(value => new SafetyMarginArgument(value)).ToArray();
    }
}
