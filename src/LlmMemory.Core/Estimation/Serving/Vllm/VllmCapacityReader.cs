using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Quantities;

namespace LlmMemory.Estimation.Serving.Vllm;

/// <summary>
/// What vLLM does with the memory that is left: blocks, the tokens and the concurrency that it prints, and whether it
/// starts. Source: vllm-project/vllm, vllm/v1/core/kv_cache_utils.py (check_enough_kv_cache_memory,
/// get_max_concurrency_for_kv_cache_config, _report_kv_cache_config).
/// </summary>
internal sealed class VllmCapacityReader
{
    private readonly VllmSettings _settings;
    private readonly VllmProfile _profile;

    /// <summary>Prepares reading.</summary>
    public VllmCapacityReader(VllmSettings settings, VllmProfile profile)
    {
        _settings = settings;
        _profile = profile;
    }

    /// <summary>The budget of one rank: the share of its device that vLLM may take.</summary>
    public long BudgetBytes => checked((long)(_settings.Resolved.DeviceMemory!.Value * _settings.Resolved.GpuMemoryUtilization!.Value));

    /// <summary>What is left for the cache of a rank, below 0 where nothing is.</summary>
    public long CacheBytes(VllmStage stage)
    {
        var graphs = _profile.CountsGraphs ? VllmOverheads.GraphBytes(_settings) : 0;
        return BudgetBytes - stage.BeforeCacheBytes - VllmOverheads.NonTorchBytes(_settings, _profile) - graphs;
    }

    /// <summary>The capacity: the stage with the fewest blocks decides for all.</summary>
    public ServingCapacity Read(IReadOnlyList<VllmStage> stages)
    {
        var narrowest = stages.Where(stage => !stage.Pool.IsEmpty).OrderBy(BlocksOf).FirstOrDefault() ?? stages[0];
        return narrowest.Pool.IsEmpty ? new ServingCapacity(CacheBytes(narrowest)) : Of(narrowest);
    }

    /// <summary>The blocks that a rank of a stage has room for.</summary>
    public long BlocksOf(VllmStage stage)
    {
        return stage.Pool.IsEmpty ? long.MaxValue : Math.Max(0, CacheBytes(stage)) / stage.Pool.BlockBytes;
    }

    private ServingCapacity Of(VllmStage stage)
    {
        var (pool, blocks) = (stage.Pool, BlocksOf(stage));
        var perRequest = pool.BlocksOf(_settings.ContextLength);
        var concurrency = blocks / (double)perRequest;
        return new ServingCapacity(CacheBytes(stage))
        {
            BlockTokens = pool.BlockTokens,
            Blocks = blocks,
            MaxConcurrency = concurrency,
            Tokens = _profile.PrintsConcurrencyTokens
                ? (long)(concurrency * _settings.ContextLength)
                : blocks / pool.Groups * pool.BlockTokens,
            WorkloadConcurrency = Math.Min(_settings.Sequences, ConcurrencyOfWorkload(pool, blocks)),
            LongestRequest = LongestRequest(pool, blocks),
            Refusal = Refusal(stage, blocks, perRequest),
        };
    }

    // What all requests begin with is kept once.
    private long ConcurrencyOfWorkload(VllmPool pool, long blocks)
    {
        var whole = pool.BlocksOf(_settings.RequestLength);
        var shared = _settings.Resolved is { PrefixCaching: true, SharedPrefixLength: { } prefix }
            ? Math.Min(whole - 1, pool.BlocksOf(Math.Min(prefix, _settings.RequestLength)))
            : 0;
        return Math.Max(0, (blocks - shared) / (whole - shared));
    }

    private long LongestRequest(VllmPool pool, long blocks)
    {
        var (fits, tooLong) = (0L, checked(_settings.ContextLength + 1));
        while (tooLong - fits > 1)
        {
            var middle = fits + ((tooLong - fits) / 2);
            (fits, tooLong) = pool.BlocksOf(middle) <= blocks ? (middle, tooLong) : (fits, middle);
        }

        return fits;
    }

    private string? Refusal(VllmStage stage, long blocks, long perRequest)
    {
        var free = _settings.Resolved.DeviceMemory!.Value - VllmOverheads.ContextBytes;
        if (BudgetBytes > free)
        {
            var share = Math.Max(0, Math.Floor(100m * free / _settings.Resolved.DeviceMemory.Value)) / 100;
            return $"vLLM does not start: it asks for {ByteSize.FormatGB(BudgetBytes)}, and {ByteSize.FormatGB(free)} are free beside CUDA's context. "
                + FormattableString.Invariant($"Write -GpuMemoryUtilization {share}.");
        }

        var left = CacheBytes(stage);
        if (left <= 0)
        {
            return $"vLLM does not start: nothing is left for the cache, {ByteSize.FormatGiB(-left)} are missing. "
                + "Raise -GpuMemoryUtilization, or -TensorParallel.";
        }

        return blocks >= perRequest
            ? null
            : $"vLLM does not start: one request of {_settings.ContextLength} tokens takes {perRequest} blocks, and there are {blocks}. "
                + $"Write -ContextLength {LongestRequest(stage.Pool, blocks)} or less.";
    }
}
