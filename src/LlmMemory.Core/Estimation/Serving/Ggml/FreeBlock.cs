namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>A stretch of a buffer that nothing lies in.</summary>
/// <param name="Offset">Where it starts.</param>
/// <param name="Bytes">How long it is.</param>
internal readonly record struct FreeBlock(long Offset, long Bytes)
{
    /// <summary>Where it ends.</summary>
    public long End => Offset + Bytes;
}
