using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Fuzz.Checks;

/// <summary>
/// What holds for every refusal: one of the documented errors, a byte inside of the file, and a message that can be
/// shown as it is. A terminal obeys control characters, so none may come from the file into the message.
/// </summary>
internal static class ErrorCheck
{
    private const int MaxMessageLength = 2_000;

    public static void Run(LlmMemoryException error, long fileLength, IReadOnlySet<string> errorIds)
    {
        Holds(errorIds.Contains(error.ErrorId), $"The error {error.ErrorId} is not documented.", error);
        Holds(error.Offset is null || (error.Offset >= 0 && error.Offset <= fileLength), $"{error.Offset} lies outside of {fileLength}.", error);
        Holds(error.Message.Length is > 0 and <= MaxMessageLength, $"The message has {error.Message.Length} letters.", error);
        Holds(!error.Message.Any(char.IsControl), "The message has control characters.", error);
    }

    private static void Holds(bool holds, string failure, LlmMemoryException error)
    {
        FuzzFailureException.Unless(holds, failure, error);
    }
}
