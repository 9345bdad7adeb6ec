using System;
using LlmMemory.Errors;
using LlmMemory.Sources.Files;

namespace LlmMemory.Sources.Safetensors;

/// <summary>The errors of safetensors files, one way to raise each.</summary>
internal static class SafetensorsError
{
    /// <summary>The file breaks the format.</summary>
    /// <param name="source">The file.</param>
    /// <param name="offset">The byte at which it goes wrong.</param>
    /// <param name="reason">What is wrong there, as the rest of a sentence.</param>
    /// <param name="innerException">What went wrong below, if anything did.</param>
    public static LlmMemoryException Invalid(string source, long offset, string reason, Exception? innerException = null)
    {
        return FormatError.Invalid(
            ErrorIds.SafetensorsInvalid, source, "readable safetensors file", offset, reason, FormatError.CompareLengths, innerException);
    }

    /// <summary>The index breaks its format.</summary>
    /// <param name="source">The index.</param>
    /// <param name="offset">The byte at which it goes wrong.</param>
    /// <param name="reason">What is wrong there, as the rest of a sentence.</param>
    /// <param name="innerException">What went wrong below, if anything did.</param>
    public static LlmMemoryException InvalidIndex(string source, long offset, string reason, Exception? innerException = null)
    {
        return FormatError.Invalid(
            ErrorIds.SafetensorsInvalid,
            source,
            "index of safetensors files",
            offset,
            reason,
            "Give the model.safetensors.index.json of a model as the hub has it.",
            innerException);
    }

    /// <summary>A file of a sharded model is missing, or lacks tensors.</summary>
    /// <param name="source">The file.</param>
    /// <param name="reason">What is wrong: a whole sentence.</param>
    /// <param name="innerException">What went wrong below, if anything did.</param>
    public static LlmMemoryException Incomplete(string source, string reason, Exception? innerException = null)
    {
        return new LlmMemoryException(
            ErrorIds.SafetensorsIncomplete,
            source,
            $"{reason} Put all files of the model, named like 'model-00001-of-00003.safetensors', into one folder.",
            innerException);
    }
}
