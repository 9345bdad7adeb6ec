using System;
using System.Management.Automation;

namespace LlmMemory.Binding;

/// <summary>
/// Reads a switch from a record: a blank is off, and so is the text False, as a property of an object or a cell of a CSV
/// file has it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SwitchTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            null => new SwitchParameter(false),
            string text when string.IsNullOrWhiteSpace(text) => new SwitchParameter(false),
            string text when bool.TryParse(text, out var isOn) => new SwitchParameter(isOn),
            bool isOn => new SwitchParameter(isOn),
            _ => inputData,
        };
    }
}
