using System;
using LlmMemory.Models.Blocks;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving.Vllm;

/// <summary>
/// What layers of one kind keep in vLLM's paged pool. Sources: vllm-project/vllm, vllm/v1/kv_cache_interface.py
/// (FullAttentionSpec, SlidingWindowSpec, ChunkedLocalAttentionSpec, MambaSpec, MLAAttentionSpec) and
/// vllm/model_executor/layers/mamba/mamba_utils.py.
/// </summary>
/// <param name="Kind">Full, SlidingWindow, Chunked, Latent or State.</param>
/// <param name="Layers">How many layers there are of it.</param>
/// <param name="TokenBytes">What a token takes in one layer; 0 for a state.</param>
/// <param name="StateBytes">What a sequence takes in one layer, whatever its length; 0 for attention.</param>
/// <param name="Window">The tokens that are kept at most, null for all.</param>
internal sealed record VllmCacheKind(string Kind, int Layers, long TokenBytes, long StateBytes, int? Window)
{
    public const string State = "State";

    private const string Chunked = "Chunked";

    /// <summary>The kind of some layers on one rank; null for what caches nothing.</summary>
    /// <param name="group">The layers.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="states">The types that states are kept in.</param>
    public static VllmCacheKind? Of(MixerGroup group, VllmSettings settings, VllmStateTypes states)
    {
        var type = settings.Resolved.KvCacheType!;
        return group.Mixer switch
        {
            GroupedQueryAttention attention => new(
                attention.Window is null ? "Full" : attention.IsChunked ? Chunked : "SlidingWindow",
                group.Layers,
                GroupedBytes(attention, settings.TensorParallel, type),
                0,
                attention.Window),
            LatentAttention attention => new("Latent", group.Layers, CacheRow.LatentBytes(attention, type), 0, null),
            RecurrentMixer recurrence => new(State, group.Layers, 0, states.BytesOf(recurrence, settings.TensorParallel, settings.SpeculativeTokens), null),
            CrossAttention cross => new("Cross", group.Layers, GroupedBytes(cross.Projections, settings.TensorParallel, type), 0, null),
            _ => null,
        };
    }

    /// <summary>The blocks that a request takes in one group of layers.</summary>
    /// <param name="length">The request's tokens.</param>
    /// <param name="blockTokens">The tokens of a block.</param>
    /// <param name="settings">The settings.</param>
    public long BlocksOf(long length, long blockTokens, VllmSettings settings)
    {
        if (Kind == State)
        {
            // With prefix caching the state at the last block's end is kept beside the running one.
            return (settings.Resolved.PrefixCaching == true ? 2 : 1) + settings.SpeculativeTokens;
        }

        if (Window is not { } window)
        {
            return Ceiling(length, blockTokens);
        }

        var inFlight = Kind == Chunked ? window + settings.BatchedTokens : window - 1 + settings.BatchedTokens;
        return Ceiling(Math.Min(inFlight, length), blockTokens) + (Kind == Chunked ? 0 : 1);
    }

    internal static long Ceiling(long dividend, long divisor)
    {
        return (dividend / divisor) + (dividend % divisor == 0 ? 0 : 1);
    }

    private static long GroupedBytes(GroupedQueryAttention attention, int ranks, CacheType type)
    {
        return checked(CacheRow.KeyBytes(attention, type, ranks) + CacheRow.ValueBytes(attention, type, ranks));
    }
}
