using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Binding;

/// <summary>Reads data types.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DataTypeTransformationAttribute : ArgumentListTransformationAttribute
{
    /// <inheritdoc/>
    protected override object ToArguments(IReadOnlyList<object?> values)
    {
        return values.Select(value => new DataTypeArgument(value)).ToArray();
    }
}
