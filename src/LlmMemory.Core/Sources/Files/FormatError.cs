using System;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Files;

/// <summary>The error of a file whose bytes break its format: what it is not, where it goes wrong, and what to do.</summary>
internal static class FormatError
{
    /// <summary>What to do about a file that people download whole.</summary>
    public const string CompareLengths =
        "It may be damaged, or not completely downloaded: compare its length with the one on the hub.";

    /// <summary>The error.</summary>
    /// <param name="errorId">The error of the format, one of <see cref="ErrorIds"/>.</param>
    /// <param name="source">The file.</param>
    /// <param name="expected">What it should be: <c>readable GGUF file</c>.</param>
    /// <param name="offset">The byte at which it goes wrong.</param>
    /// <param name="reason">What is wrong there, as the rest of a sentence.</param>
    /// <param name="advice">What to do, a whole sentence.</param>
    /// <param name="innerException">What went wrong below, if anything did.</param>
    public static LlmMemoryException Invalid(
        string errorId, string source, string expected, long offset, string reason, string advice, Exception? innerException)
    {
        return new LlmMemoryException(
            errorId, source, $"{Quoted.Value(source)} is no {expected}: at byte {offset}, {reason}. {advice}", innerException)
        {
            Offset = offset,
        };
    }
}
