using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Binding;

/// <summary>Reads parameter counts.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CountTransformationAttribute : ArgumentListTransformationAttribute
{
    /// <inheritdoc/>
    protected override object ToArguments(IReadOnlyList<object?> values)
    {
        return values.Select(value => new CountArgument(value)).ToArray();
    }
}
