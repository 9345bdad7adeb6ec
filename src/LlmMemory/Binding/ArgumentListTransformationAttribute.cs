using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Naming;

namespace LlmMemory.Binding;

/// <summary>
/// Turns what the user typed or piped into an array of arguments. It is done here, not by the engine's conversion,
/// so that it also works in ConstrainedLanguage, where a conversion to our own types is refused.
/// </summary>
public abstract class ArgumentListTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>
    /// Reads one value or several. An object that is no plain value comes back unchanged: the engine then binds its
    /// properties by name instead.
    /// </summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">The value as the engine has it.</param>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var given = Unwrap(inputData);
        if (IsPlain(given))
        {
            return Read([given]);
        }

        return given is IEnumerable values ? TransformList(values, inputData) : inputData;
    }

    /// <summary>Reads plain values into the array that the parameter takes.</summary>
    /// <param name="values">Texts, numbers, nulls, or entries of a catalogue.</param>
    private protected abstract Array Read(object?[] values);

    private object? TransformList(IEnumerable given, object? inputData)
    {
        object?[] values = [.. given.Cast<object?>().Select(Unwrap)];
        if (values.Length == 0)
        {
            // An empty list says as little as a blank does.
            return Read([null]);
        }

        return Array.TrueForAll(values, IsPlain) ? Read(values) : inputData;
    }

    private static object? Unwrap(object? value)
    {
        return value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
    }

    /// <summary>True for a value that the parameter reads itself; anything else binds by its properties.</summary>
    private protected virtual bool IsPlain(object? value)
    {
        return value is null or string or ValueType or INamed;
    }
}
