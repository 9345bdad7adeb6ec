using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// What all caches of a model have in common. Source: ggml-org/llama.cpp v0.5.0, src/llama-hparams.cpp
/// (n_embd_v_gqa_max, is_n_embd_v_gqa_variable) and src/llama-kv-cache.cpp.
/// </summary>
internal sealed class CacheWidths
{
    /// <summary>Looks at the layers.</summary>
    /// <param name="attention">The attention of each layer that has some.</param>
    public CacheWidths(IReadOnlyList<GroupedQueryAttention> attention)
    {
        var values = attention.Select(ValueWidth).ToList();
        LargestValue = values.DefaultIfEmpty(0).Max();
        HasVariableValues = values.Any(width => width != LargestValue);
        KeyHeadSize = attention.Select(layer => layer.HeadSize).FirstOrDefault();
        ValueHeadSize = attention.Select(layer => layer.ValueHeadSize ?? layer.HeadSize).FirstOrDefault();
    }

    /// <summary>The widest value of a token in any layer.</summary>
    public long LargestValue { get; }

    /// <summary>True where layers have values of different width, which are padded where attention is not fused.</summary>
    public bool HasVariableValues { get; }

    /// <summary>The width of a key head.</summary>
    public int KeyHeadSize { get; }

    /// <summary>The width of a value head.</summary>
    public int ValueHeadSize { get; }

    private static long ValueWidth(GroupedQueryAttention attention)
    {
        return (long)attention.KeyValueHeads * (attention.ValueHeadSize ?? attention.HeadSize);
    }
}
