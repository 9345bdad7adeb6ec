using System.Collections.Generic;
using LlmMemory.Naming;

namespace LlmMemory.Workloads.Serving;

/// <summary>
/// How keys and values are cached. Elements come in blocks that share a scale; some types keep a scale for each token
/// and head instead. Sources: ggml-org/llama.cpp, ggml/src/ggml-common.h; vllm-project/vllm,
/// vllm/v1/kv_cache_interface.py.
/// </summary>
public sealed class CacheType : INamed
{
    internal CacheType(string name, string description, int blockElements, int blockBytes, params string[] aliases)
    {
        Name = name;
        Description = description;
        BlockElements = blockElements;
        BlockBytes = blockBytes;
        Aliases = aliases;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases { get; }

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>Elements in one block.</summary>
    public int BlockElements { get; }

    /// <summary>Bytes of one block, its scale included.</summary>
    public int BlockBytes { get; }

    /// <summary>Bytes that each token keeps for each head beside its elements: a scale; 0 for most types.</summary>
    public int HeadBytes { get; internal init; }

    /// <summary>What a token takes in a layer of latent attention, where that is not its elements' bytes; else null.</summary>
    public int? LatentTokenBytes { get; internal init; }

    /// <summary>True for types that round: all but the floats of 16 and 32 bits.</summary>
    public bool IsQuantized => BlockElements > 1 || BlockBytes == 1;

    /// <summary>The bytes of a row of elements: a started block counts whole.</summary>
    /// <param name="elements">The elements of the row.</param>
    /// <exception cref="System.OverflowException">The result does not fit 64 bits.</exception>
    public long RowBytes(long elements)
    {
        return checked(((elements / BlockElements) + (elements % BlockElements == 0 ? 0 : 1)) * BlockBytes);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return Name;
    }
}
