using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Quantities;

namespace LlmMemory.Estimation.Serving.TensorRtLlm;

/// <summary>
/// What TensorRT-LLM does with the memory that is left: free_gpu_memory_fraction of what is free after loading, in whole
/// blocks. Source: NVIDIA/TensorRT-LLM, docs/source/reference/memory.md.
/// </summary>
internal sealed class TensorRtLlmCapacityReader
{
    private readonly TensorRtLlmSettings _settings;
    private readonly TensorRtLlmProfile _profile;

    /// <summary>Prepares reading.</summary>
    public TensorRtLlmCapacityReader(TensorRtLlmSettings settings, TensorRtLlmProfile profile)
    {
        _settings = settings;
        _profile = profile;
    }

    /// <summary>What is left for the cache of a rank, below 0 where nothing is.</summary>
    public long CacheBytes(TensorRtLlmStage stage)
    {
        var free = _settings.Resolved.DeviceMemory!.Value - TensorRtLlmOverheads.OtherBytes(_profile) - TensorRtLlmOverheads.NcclBytes(_settings)
            - stage.WeightBytes - stage.ActivationBytes;
        var share = free <= 0 ? free : checked((long)(free * _settings.Resolved.GpuMemoryUtilization!.Value));
        return share - checked(_settings.StateSlots * stage.StateBytes);
    }

    /// <summary>The blocks of all ranks: as many as the one with the fewest has.</summary>
    public long BlocksOf(IReadOnlyList<TensorRtLlmStage> stages)
    {
        var cached = stages.Where(stage => stage.TokenBytes > 0).ToList();
        return cached.Count == 0 ? 0 : cached.Min(stage => Math.Max(0, CacheBytes(stage)) / checked(stage.TokenBytes * _profile.BlockTokens));
    }

    /// <summary>The capacity.</summary>
    public ServingCapacity Read(IReadOnlyList<TensorRtLlmStage> stages, long blocks)
    {
        var (tokens, context) = (checked(blocks * _profile.BlockTokens), _settings.Resolved.ContextLength!.Value);
        var narrowest = stages.OrderBy(CacheBytes).First();
        var isCached = stages.Any(stage => stage.TokenBytes > 0);
        return new ServingCapacity(CacheBytes(narrowest))
        {
            BlockTokens = _profile.BlockTokens,
            Blocks = blocks,
            Tokens = tokens,
            MaxConcurrency = isCached ? tokens / (double)context : _settings.StateSlots,
            WorkloadConcurrency = Running(isCached, tokens),
            LongestRequest = isCached ? Math.Min(context, tokens) : context,
            Refusal = CacheBytes(narrowest) >= 0 && (blocks > 0 || !isCached) ? null : Refusal(narrowest),
        };
    }

    private long Running(bool isCached, long tokens)
    {
        var running = isCached ? _settings.Requests.RequestsIn(tokens) : _settings.StateSlots;
        return Math.Min(running, _settings.Resolved.MaxSequences ?? running);
    }

    private string Refusal(TensorRtLlmStage stage)
    {
        return $"TensorRT-LLM does not start: nothing is left for the cache, {ByteSize.FormatGiB(Math.Max(0, -CacheBytes(stage)))} are missing. "
            + "Raise -TensorParallel, or lower -MaxBatchedTokens.";
    }
}
