namespace LlmMemory.Sources.Local;

/// <summary>Something in a store that could not be read. The rest of the store is listed all the same.</summary>
/// <param name="Store">The store, one of <see cref="LocalStoreName"/>.</param>
/// <param name="Path">The file or folder.</param>
/// <param name="Message">What is wrong with it, as a sentence.</param>
public sealed record LocalStoreProblem(string Store, string Path, string Message);
