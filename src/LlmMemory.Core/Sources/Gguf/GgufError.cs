using System;
using LlmMemory.Errors;
using LlmMemory.Sources.Files;

namespace LlmMemory.Sources.Gguf;

/// <summary>The errors of GGUF files, one way to raise each.</summary>
internal static class GgufError
{
    /// <summary>The file breaks the format.</summary>
    /// <param name="source">The file.</param>
    /// <param name="offset">The byte at which it goes wrong.</param>
    /// <param name="reason">What is wrong there, as the rest of a sentence.</param>
    /// <param name="innerException">What went wrong below, if anything did.</param>
    public static LlmMemoryException Invalid(string source, long offset, string reason, Exception? innerException = null)
    {
        return FormatError.Invalid(
            ErrorIds.GgufInvalid, source, "readable GGUF file", offset, reason, FormatError.CompareLengths, innerException);
    }

    /// <summary>The file follows the format, but one that is not read here.</summary>
    /// <param name="source">The file.</param>
    /// <param name="offset">The byte that says so.</param>
    /// <param name="reason">What it is and what to do about it: whole sentences.</param>
    public static LlmMemoryException Unsupported(string source, long offset, string reason)
    {
        return new LlmMemoryException(ErrorIds.GgufUnsupported, source, $"{Quoted.Value(source)} cannot be read: {reason}")
        {
            Offset = offset,
        };
    }

    /// <summary>A part of a split model is missing, or is not of the same model.</summary>
    /// <param name="source">The part.</param>
    /// <param name="reason">What is wrong: a whole sentence.</param>
    /// <param name="innerException">What went wrong below, if anything did.</param>
    public static LlmMemoryException Incomplete(string source, string reason, Exception? innerException = null)
    {
        return new LlmMemoryException(
            ErrorIds.GgufIncomplete,
            source,
            $"{reason} Put all parts of the model, named like 'model-00001-of-00003.gguf', into one folder.",
            innerException);
    }
}
