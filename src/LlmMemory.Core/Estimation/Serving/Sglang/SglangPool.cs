using System;
using System.Collections.Generic;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving.Sglang;

/// <summary>
/// SGLang's pools on one rank: keys and values of every token, in one pool each; a smaller pair for layers with a window
/// where SGLang has one for the model; and slots for the states of recurrences. Source: sgl-project/sglang,
/// python/sglang/srt/model_executor/model_runner_kv_cache_mixin.py (get_cell_size_per_token, set_num_tokens_hybrid_swa,
/// handle_max_mamba_cache, calculate_mamba_ratio).
/// </summary>
internal sealed class SglangPool
{
    // swa_full_tokens_ratio 0.8 and mamba_full_memory_ratio 0.9, in tenths.
    private const long SlidingTenths = 8;

    private const long StateTenths = 9;

    private const long Tenths = 10;

    // Slots for each running request: the radix cache keeps states of prefixes beside the running one.
    private const long SlotsWithPrefixes = 3;

    private readonly SglangSettings _settings;

    /// <summary>Adds the layers up.</summary>
    /// <param name="groups">The layers of the rank's stage.</param>
    /// <param name="architecture">The model that they are of.</param>
    /// <param name="settings">The settings.</param>
    public SglangPool(IReadOnlyList<MixerGroup> groups, ModelArchitecture architecture, SglangSettings settings)
    {
        _settings = settings;
        var hasSlidingPool = HasSlidingPool(architecture);
        var (type, ranks) = (settings.Resolved.KvCacheType!, settings.TensorParallel);
        foreach (var group in groups)
        {
            switch (group.Mixer)
            {
                case GroupedQueryAttention { Window: not null } attention when hasSlidingPool:
                    SlidingBytes = checked(SlidingBytes + (group.Layers * (CacheRow.KeyBytes(attention, type, ranks) + CacheRow.ValueBytes(attention, type, ranks))));
                    break;
                case GroupedQueryAttention attention:
                    KeyBytes = checked(KeyBytes + (group.Layers * CacheRow.KeyBytes(attention, type, ranks)));
                    ValueBytes = checked(ValueBytes + (group.Layers * CacheRow.ValueBytes(attention, type, ranks)));
                    KeepsWindows |= attention.Window is not null;
                    break;
                case LatentAttention attention:
                    LatentBytes = checked(LatentBytes + (group.Layers * CacheRow.LatentBytes(attention, type)));
                    break;
                case RecurrentMixer recurrence:
                    StateBytes = checked(StateBytes + (group.Layers * CacheRow.StateBytes(recurrence, ranks)));
                    break;
            }
        }
    }

    /// <summary>A token's keys, in all layers that keep every token.</summary>
    public long KeyBytes { get; }

    /// <summary>A token's values in these layers.</summary>
    public long ValueBytes { get; }

    /// <summary>A token's latents.</summary>
    public long LatentBytes { get; }

    /// <summary>A token's keys and values in the layers of the smaller pool.</summary>
    public long SlidingBytes { get; }

    /// <summary>The states of one slot.</summary>
    public long StateBytes { get; }

    /// <summary>True where layers with a window keep every token all the same.</summary>
    public bool KeepsWindows { get; }

    /// <summary>The slots that a running request takes.</summary>
    public long SlotsPerRequest => _settings.Resolved.PrefixCaching == true ? SlotsWithPrefixes : 1;

    private long FullBytes => checked(KeyBytes + ValueBytes + LatentBytes);

    /// <summary>The pools that hold so many requests of the workload.</summary>
    /// <param name="requests">The requests.</param>
    public SglangPoolSize SizeFor(long requests)
    {
        return WithTokens(_settings.Requests.TokensOf(requests), StateBytes == 0 ? 0 : checked(requests * SlotsPerRequest));
    }

    /// <summary>The pools that so much memory has room for.</summary>
    /// <param name="bytes">The bytes, 0 or more.</param>
    public SglangPoolSize SizeIn(long bytes)
    {
        var slots = StateBytes == 0 ? 0
            : _settings.Resolved is { PrefixCaching: false, MaxSequences: { } sequences } ? sequences
            : checked((long)((decimal)bytes * StateTenths / (StateTenths + Tenths))) / StateBytes;
        var rest = Math.Max(0, bytes - checked(slots * StateBytes));
        var row = checked(FullBytes + SlidingBytes);
        if (row == 0)
        {
            // A stage without attention holds any number of tokens.
            return new SglangPoolSize(long.MaxValue, 0, slots);
        }

        var whole = (decimal)(rest / row) * row;
        return WithTokens((long)(whole * Tenths / ((Tenths * FullBytes) + (SlidingTenths * SlidingBytes))), slots);
    }

    /// <summary>The rows that a pool has: one more than tokens, which padding writes to.</summary>
    /// <param name="tokens">The tokens.</param>
    public static long Rows(long tokens)
    {
        return tokens == 0 ? 0 : checked(tokens + 1);
    }

    private static SglangPoolSize WithTokens(long tokens, long slots)
    {
        return new SglangPoolSize(tokens, (long)((decimal)tokens * SlidingTenths / Tenths), slots);
    }

    // SGLang has a pool of its own for windows in these models alone; in Gemma 2 and 3, gpt-oss and others it is off.
    // Source: python/sglang/srt/configs/model_config.py (is_hybrid_swa_model), server_args.py (disable_hybrid_swa_memory).
    private static bool HasSlidingPool(ModelArchitecture architecture)
    {
        return architecture.ModelType is "llama4_text" or "mimo_v2_flash" or "step3p5";
    }
}
