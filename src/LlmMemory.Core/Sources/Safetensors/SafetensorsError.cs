using System;
using LlmMemory.Errors;

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
        return new LlmMemoryException(
            ErrorIds.SafetensorsInvalid,
            source,
            $"{Quoted.Value(source)} is no readable safetensors file: at byte {offset}, {reason}. "
            + "It may be damaged, or not completely downloaded: compare its length with the one on the hub.",
            innerException)
        {
            Offset = offset,
        };
    }

    /// <summary>The index breaks its format.</summary>
    /// <param name="source">The index.</param>
    /// <param name="offset">The byte at which it goes wrong.</param>
    /// <param name="reason">What is wrong there, as the rest of a sentence.</param>
    /// <param name="innerException">What went wrong below, if anything did.</param>
    public static LlmMemoryException InvalidIndex(string source, long offset, string reason, Exception? innerException = null)
    {
        return new LlmMemoryException(
            ErrorIds.SafetensorsInvalid,
            source,
            $"{Quoted.Value(source)} is no index of safetensors files: at byte {offset}, {reason}. "
            + "Give the model.safetensors.index.json of a model as the hub has it.",
            innerException)
        {
            Offset = offset,
        };
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
