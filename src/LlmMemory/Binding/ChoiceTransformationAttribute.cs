using System;
using System.Management.Automation;

namespace LlmMemory.Binding;

/// <summary>Reads yes, no or nothing: a blank is nothing, and text is read as PowerShell writes a Boolean.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ChoiceTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            string text when string.IsNullOrWhiteSpace(text) => null,
            string text when bool.TryParse(text, out var isOn) => isOn,
            _ => value,
        };
    }
}
