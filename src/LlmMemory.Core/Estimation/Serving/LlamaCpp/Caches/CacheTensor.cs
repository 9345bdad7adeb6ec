namespace LlmMemory.Estimation.Serving.LlamaCpp.Caches;

/// <summary>The keys or the values of one layer.</summary>
/// <param name="Bytes">Their own bytes.</param>
/// <param name="Size">What they take.</param>
internal readonly record struct CacheTensor(long Bytes, TensorSize Size);
