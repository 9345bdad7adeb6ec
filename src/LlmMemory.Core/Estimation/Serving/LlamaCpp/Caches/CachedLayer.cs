namespace LlmMemory.Estimation.Serving.LlamaCpp.Caches;

/// <summary>A layer that keeps keys, and values too unless they are a view of the keys.</summary>
/// <param name="Layer">Its number.</param>
/// <param name="IsSliding">True where it sees a window or a chunk only.</param>
/// <param name="KeyWidth">The elements of a token's key, all heads together.</param>
/// <param name="ValueWidth">The elements of its value; 0 for latent attention, whose value is a part of the key.</param>
internal readonly record struct CachedLayer(int Layer, bool IsSliding, long KeyWidth, long ValueWidth);
