namespace LlmMemory.Sources.Safetensors;

/// <summary>
/// What no real file comes near. Headers may be hostile: together these bound the memory of reading one by its length
/// and a few hundred bytes for each tensor, and its time by that of reading the header once.
/// </summary>
internal static class SafetensorsLimits
{
    /// <summary>Bytes of a header. Source: huggingface/safetensors, safetensors/src/tensor.rs (MAX_HEADER_SIZE).</summary>
    public const int HeaderBytes = 100_000_000;

    /// <summary>Tensors of one file; the largest models have some 200,000 in all their files together.</summary>
    public const int Tensors = 1 << 19;

    /// <summary>Lengths of a tensor.</summary>
    public const int Dimensions = 16;

    /// <summary>Letters of a name.</summary>
    public const int NameLength = 1 << 10;

    /// <summary>Bytes of an index. The largest real ones, with a line for each of 200,000 experts, have some 20 million.</summary>
    public const int IndexBytes = HeaderBytes;

    /// <summary>Files of one model. The largest real ones have some hundreds.</summary>
    public const int Shards = 1 << 12;

    /// <summary>Headers that are read at the same time: on the hub each is a request that waits more than it works.</summary>
    public const int ParallelReads = 8;
}
