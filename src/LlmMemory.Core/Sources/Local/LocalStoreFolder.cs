namespace LlmMemory.Sources.Local;

/// <summary>Where a store of models is on this machine, or would be.</summary>
/// <param name="Store">The store, one of <see cref="LocalStoreName"/>.</param>
/// <param name="Path">The folder.</param>
/// <param name="IsThere">True where there is such a folder.</param>
public sealed record LocalStoreFolder(string Store, string Path, bool IsThere);
