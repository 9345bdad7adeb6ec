using System;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Hub;

/// <summary>One try that failed: with the error that the user sees, and whether another try may help.</summary>
internal sealed class HubFailure : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="error">What the user sees if it was the last try.</param>
    /// <param name="isPassing">True where the same request may succeed later.</param>
    /// <param name="retryAfter">When the server wants to be asked again, if it said so.</param>
    public HubFailure(LlmMemoryException error, bool isPassing = false, TimeSpan? retryAfter = null)
        : base(error.Message)
    {
        Error = error;
        IsPassing = isPassing;
        RetryAfter = retryAfter;
    }

    /// <summary>What the user sees if it was the last try.</summary>
    public LlmMemoryException Error { get; }

    /// <summary>True where the same request may succeed later.</summary>
    public bool IsPassing { get; }

    /// <summary>When the server wants to be asked again, if it said so.</summary>
    public TimeSpan? RetryAfter { get; }
}
