using LlmMemory.Errors;

namespace LlmMemory.Sources.Local;

/// <summary>Something in a store that could not be read. The rest of the store is listed all the same.</summary>
/// <param name="Store">The store, one of <see cref="LocalStoreName"/>.</param>
/// <param name="Path">The file or folder.</param>
/// <param name="Message">What is wrong with it, as a sentence.</param>
public sealed record LocalStoreProblem(string Store, string Path, string Message)
{
    /// <summary>The problem as an error, <see cref="ErrorIds.LocalStoreUnreadable"/>, for who wants to be told so.</summary>
    public LlmMemoryException ToException()
    {
        return new LlmMemoryException(ErrorIds.LocalStoreUnreadable, Path, ToString());
    }

    /// <summary>The problem in one sentence.</summary>
    public override string ToString()
    {
        return $"What {Store} keeps in '{Path}' is left out. {Message}";
    }
}
