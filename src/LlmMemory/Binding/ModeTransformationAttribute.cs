using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Binding;

/// <summary>Reads modes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ModeTransformationAttribute : ArgumentListTransformationAttribute
{
    /// <inheritdoc/>
    protected override object ToArguments(IReadOnlyList<object?> values)
    {
        return values.Select(value => new ModeArgument(value)).ToArray();
    }
}
