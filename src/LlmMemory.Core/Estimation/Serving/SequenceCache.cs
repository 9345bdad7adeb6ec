using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// What sequences leave in a cache without pages: keys and values of every token that a layer still sees, latents,
/// and the states of recurrences, which do not grow. A layer with a window keeps its window.
/// </summary>
internal sealed class SequenceCache
{
    private readonly IReadOnlyList<MixerGroup> _groups;
    private readonly CacheType _type;
    private readonly long _sequences;
    private readonly int _ranks;

    /// <summary>Takes the layers.</summary>
    /// <param name="groups">The layers.</param>
    /// <param name="type">How keys and values are cached.</param>
    /// <param name="sequences">The sequences at a time.</param>
    /// <param name="ranks">The tensor-parallel ranks: keys and values are split over them, latents are not.</param>
    public SequenceCache(IReadOnlyList<MixerGroup> groups, CacheType type, long sequences, int ranks = 1)
    {
        _groups = groups;
        _type = type;
        _sequences = sequences;
        _ranks = ranks;
    }

    /// <summary>The bytes of all sequences on one rank.</summary>
    /// <param name="tokens">The tokens of each.</param>
    public long BytesOf(long tokens)
    {
        return checked(_groups.Sum(group => checked(group.Layers * LayerBytes(group.Mixer, tokens))) * _sequences);
    }

    /// <summary>The bytes that one more token takes while no window is full.</summary>
    public long BytesPerToken => BytesOf(1) - BytesOf(0);

    /// <summary>The same in words and numbers.</summary>
    /// <param name="tokens">The tokens of each sequence.</param>
    public string Describe(long tokens)
    {
        var kinds = string.Join(" + ", _groups.Select(group => $"{group.Layers} x {group.Mixer.Kind} ({LayerBytes(group.Mixer, tokens)} bytes)"));
        return $"{_sequences} sequence(s) x {tokens} tokens in {_type}: {kinds}";
    }

    private long LayerBytes(TokenMixer mixer, long tokens)
    {
        return mixer switch
        {
            GroupedQueryAttention attention => checked(Math.Min(tokens, attention.Window ?? tokens) * GroupedBytes(attention)),
            CrossAttention cross => checked(tokens * GroupedBytes(cross.Projections)),
            LatentAttention attention => checked(tokens * CacheRow.LatentBytes(attention, _type)),
            RecurrentMixer recurrence => CacheRow.StateBytes(recurrence, _ranks),
            CompressedAttention attention => CacheRow.CompressedBytes(attention, _type, tokens),
            _ => 0,
        };
    }

    private long GroupedBytes(GroupedQueryAttention attention)
    {
        return checked(CacheRow.KeyBytes(attention, _type, _ranks) + CacheRow.ValueBytes(attention, _type, _ranks));
    }
}
