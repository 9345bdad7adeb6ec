using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Estimation.Serving.Vllm;

/// <summary>
/// vLLM's paged pool on one rank: layers are put into groups of equal size, a page serves one block of every layer of
/// a group, and every group draws on the same pages. Source: vllm-project/vllm, vllm/v1/core/kv_cache_utils.py
/// (get_kv_cache_groups, get_kv_cache_config_from_groups, unify_hybrid_kv_cache_specs).
/// </summary>
internal sealed class VllmPool
{
    private const long DefaultBlockTokens = 16;

    private readonly List<VllmCacheKind> _kinds;
    private readonly VllmSettings _settings;
    private readonly int _groupLayers;
    private readonly long _rankTokens;

    /// <summary>Groups the layers.</summary>
    /// <param name="kinds">What the layers of the rank keep.</param>
    /// <param name="settings">The settings.</param>
    public VllmPool(IReadOnlyList<VllmCacheKind> kinds, VllmSettings settings)
    {
        _kinds = Merged(kinds);
        _settings = settings;
        _rankTokens = BlockTokensOf(_kinds);
        _groupLayers = GroupLayers();
    }

    /// <summary>The tokens of a block, those that other ranks keep of it included.</summary>
    public long BlockTokens => checked(_rankTokens * _settings.DecodeContextParallel);

    /// <summary>What one block takes, all layers of a group together.</summary>
    public long BlockBytes => checked(PageBytes() * _groupLayers);

    /// <summary>The groups that draw on the pool.</summary>
    public long Groups => _kinds.Sum(kind => GroupsOf(kind));

    /// <summary>True where nothing is cached in pages: the model has no attention and no state.</summary>
    public bool IsEmpty => _kinds.Count == 0;

    /// <summary>The blocks that a request takes, all groups together.</summary>
    /// <param name="length">The request's tokens.</param>
    public long BlocksOf(long length)
    {
        return _kinds.Sum(kind => GroupsOf(kind) * kind.BlocksOf(length, BlockTokens, _settings));
    }

    /// <summary>The branch of the allocator's rules that was taken, in a sentence.</summary>
    public string Describe()
    {
        var kinds = string.Join(", ", _kinds.Select(kind => $"{kind.Layers} x {kind.Kind}"));
        return $"{kinds}: {Groups} group(s) of {_groupLayers} layers, blocks of {BlockTokens} tokens and {BlockBytes} bytes"
            + (_settings.DecodeContextParallel > 1 ? $" on each of {_settings.DecodeContextParallel} ranks that share them" : string.Empty);
    }

    // Layers with the same spec are one kind, whatever blocks they come from.
    private static List<VllmCacheKind> Merged(IReadOnlyList<VllmCacheKind> kinds)
    {
        return
        [
            .. kinds
                .GroupBy(kind => kind with { Layers = 0 })
                .Select(same => same.Key with { Layers = same.Sum(kind => kind.Layers) }),
        ];
    }

    // A page of attention has to hold a state: its block grows in steps of 16 tokens.
    private static long BlockTokensOf(IReadOnlyList<VllmCacheKind> kinds)
    {
        var state = kinds.Select(kind => kind.StateBytes).DefaultIfEmpty(0).Max();
        var token = kinds.Select(kind => kind.TokenBytes).Where(bytes => bytes > 0).DefaultIfEmpty(0).Max();
        return state == 0 || token == 0
            ? DefaultBlockTokens
            : Math.Max(DefaultBlockTokens, VllmCacheKind.Ceiling(VllmCacheKind.Ceiling(state, token), DefaultBlockTokens) * DefaultBlockTokens);
    }

    private long PageBytes()
    {
        var attention = _kinds.Select(kind => kind.TokenBytes).DefaultIfEmpty(0).Max();
        var state = _kinds.Select(kind => kind.StateBytes).DefaultIfEmpty(0).Max();
        return attention > 0 ? checked(attention * _rankTokens) : state;
    }

    // Groups are as large as the smallest kind, or as the largest where the two are close.
    private int GroupLayers()
    {
        if (_kinds.Count == 0)
        {
            return 0;
        }

        var (fewest, most) = (_kinds.Min(kind => kind.Layers), _kinds.Max(kind => kind.Layers));
        return most < 1.5 * fewest ? most : fewest;
    }

    private long GroupsOf(VllmCacheKind kind)
    {
        return VllmCacheKind.Ceiling(kind.Layers, _groupLayers);
    }
}
