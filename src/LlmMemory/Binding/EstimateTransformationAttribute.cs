using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace LlmMemory.Binding;

/// <summary>Reads estimates and copies of them, one or several.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EstimateTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        return (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is IEnumerable values and not string
            ? values.Cast<object?>().Select(value => new EstimateArgument(value)).ToArray()
            : new[] { new EstimateArgument(inputData) };
    }
}
