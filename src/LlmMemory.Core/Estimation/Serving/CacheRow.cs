using System;
using LlmMemory.Models.Blocks;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// What one token, or one sequence, leaves in one layer on one tensor-parallel rank. Heads with keys are split over the ranks, and copied
/// where there are more ranks than heads; a latent is one for all heads, so it is on every rank. Sources:
/// vllm-project/vllm, vllm/config/model.py (get_num_kv_heads); sgl-project/sglang,
/// python/sglang/srt/model_executor/model_runner_kv_cache_mixin.py (get_cell_size_per_token).
/// </summary>
internal static class CacheRow
{
    // The indexer's keys are cached in 8 bits, with one scale of 4 bytes for each.
    private const int IndexerScaleBytes = 4;

    /// <summary>The bytes of a token's keys.</summary>
    public static long KeyBytes(GroupedQueryAttention attention, CacheType type, int ranks)
    {
        return HeadBytes(attention, attention.HeadSize, type, ranks);
    }

    /// <summary>The bytes of a token's values.</summary>
    public static long ValueBytes(GroupedQueryAttention attention, CacheType type, int ranks)
    {
        return HeadBytes(attention, attention.ValueHeadSize ?? attention.HeadSize, type, ranks);
    }

    /// <summary>The bytes of a token's latent, and of the indexer's key where the layer has an indexer of its own.</summary>
    public static long LatentBytes(LatentAttention attention, CacheType type)
    {
        var indexer = attention.Indexer is { IsShared: false } own ? own.HeadSize + IndexerScaleBytes : 0;
        return checked((type.LatentTokenBytes ?? type.RowBytes(attention.CacheElements)) + indexer);
    }

    /// <summary>
    /// What a sequence leaves in a layer of DeepSeek-V4: a key for each token of the window, one for each span that was
    /// made one, and the indexer's key for each of those; what the compressor carries from step to step is not counted.
    /// Source: ai-dynamo/aiconfigurator, src/aiconfigurator/sdk/models (base.py).
    /// </summary>
    public static long CompressedBytes(CompressedAttention attention, CacheType type, long tokens)
    {
        var window = checked(Math.Min(tokens, attention.Window) * type.RowBytes(attention.HeadSize));
        if (attention.Compressor is not { } compressor)
        {
            return window;
        }

        var indexer = attention.Indexer is { } own ? own.HeadSize + IndexerScaleBytes : 0;
        return checked(window + (tokens / compressor.Ratio * (type.RowBytes(compressor.HeadSize) + indexer)));
    }

    /// <summary>
    /// What a sequence, whatever its length, leaves in a layer with a recurrence: inputs of the convolution in 16 bits,
    /// the state in 32.
    /// </summary>
    public static long StateBytes(RecurrentMixer recurrence, int ranks)
    {
        const int Convolution = 2;
        const int State = 4;
        var inputs = Math.Max(0, recurrence.ConvolutionKernel - 1);
        return checked(((recurrence.ConvolutionChannels * inputs * Convolution) + (recurrence.StateElements * State)) / ranks);
    }

    private static long HeadBytes(GroupedQueryAttention attention, int headSize, CacheType type, int ranks)
    {
        long heads = Math.Max(1, attention.KeyValueHeads / ranks);
        return checked(type.RowBytes(heads * headSize) + (heads * type.HeadBytes));
    }
}
