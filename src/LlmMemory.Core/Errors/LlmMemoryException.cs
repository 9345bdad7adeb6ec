using System;

namespace LlmMemory.Errors;

/// <summary>
/// The one exception that the engine throws for input it cannot use. Its message names the value and shows a good
/// one, so that it can be shown to a user as it is.
/// </summary>
public sealed class LlmMemoryException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="value">The offending value as it was given.</param>
    /// <param name="message">A sentence that names the value, says what is wrong and shows a good value.
    /// What is in it that a terminal would obey is written out.</param>
    /// <param name="innerException">What went wrong below, if anything did.</param>
    public LlmMemoryException(string errorId, object? value, string message, Exception? innerException = null)
        : base(Printable.Text(message), innerException)
    {
        ErrorId = errorId;
        Value = value;
    }

    /// <summary>The stable identifier, one of <see cref="ErrorIds"/>.</summary>
    public string ErrorId { get; }

    /// <summary>The offending value as it was given.</summary>
    public object? Value { get; }

    /// <summary>The byte at which a file goes wrong, counted from its first; null for everything else.</summary>
    public long? Offset { get; init; }
}
