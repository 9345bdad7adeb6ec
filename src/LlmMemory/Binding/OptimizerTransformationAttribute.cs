using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Binding;

/// <summary>Reads optimizers.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptimizerTransformationAttribute : ArgumentListTransformationAttribute
{
    /// <inheritdoc/>
    protected override object ToArguments(IReadOnlyList<object?> values)
    {
        return values.Select(value => new OptimizerArgument(value)).ToArray();
    }
}
