using System;
using LlmMemory.Errors;

namespace LlmMemory.Binding;

/// <summary>
/// A parameter's value after binding: what was read from it, or why it could not be read. Binding never fails on a
/// bad value; the cmdlet reports it, under its own stable error id, and a pipeline goes on with the next record.
/// </summary>
/// <typeparam name="T">What is read from the value.</typeparam>
public abstract class BoundArgument<T>
{
    private readonly T? _value;

    private protected BoundArgument(object? given, Func<object?, T> parse)
    {
        try
        {
            _value = parse(given);
        }
        catch (LlmMemoryException error)
        {
            Error = error;
        }
    }

    /// <summary>Why the value could not be read, else null.</summary>
    public LlmMemoryException? Error { get; }

    /// <summary>What was read. To be asked only where <see cref="Error"/> is null.</summary>
    internal T Value => Error is null ? _value! : throw Error;

    /// <summary>What was read, as text.</summary>
    public override string ToString()
    {
        return Error is null ? $"{_value}" : Error.Message;
    }
}
