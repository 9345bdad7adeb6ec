using System;

namespace LlmMemory.Fuzz.Checks;

/// <summary>Something that has to hold for every input did not.</summary>
internal sealed class FuzzFailureException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Raises this where a condition does not hold.</summary>
    public static void Unless(bool holds, string failure, Exception? cause = null)
    {
        if (!holds)
        {
            throw new FuzzFailureException(failure, cause);
        }
    }
}
