using System;

namespace LlmMemory.Sources.Yaml;

/// <summary>
/// A document that is no YAML, or uses a part of YAML that is not read. The reader of the file it stands in turns it
/// into an error of its own.
/// </summary>
internal sealed class YamlFormatException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="offset">The byte at which the document goes wrong.</param>
    /// <param name="message">What is wrong there, as the rest of a sentence: <c>a key has no colon</c>.</param>
    public YamlFormatException(int offset, string message)
        : base(message)
    {
        Offset = offset;
    }

    /// <summary>The byte at which the document goes wrong, counted from its first.</summary>
    public int Offset { get; }
}
