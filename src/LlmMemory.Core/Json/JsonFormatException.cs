using System;

namespace LlmMemory.Json;

/// <summary>A document that is no JSON. The reader of the file it stands in turns it into an error of its own.</summary>
internal sealed class JsonFormatException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="offset">The byte at which the document goes wrong.</param>
    /// <param name="message">What is wrong there, as the rest of a sentence: <c>a comma is missing</c>.</param>
    public JsonFormatException(int offset, string message)
        : base(message)
    {
        Offset = offset;
    }

    /// <summary>The byte at which the document goes wrong, counted from its first.</summary>
    public int Offset { get; }
}
