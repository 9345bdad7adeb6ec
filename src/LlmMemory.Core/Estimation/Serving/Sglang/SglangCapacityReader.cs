using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Quantities;

namespace LlmMemory.Estimation.Serving.Sglang;

/// <summary>
/// What SGLang does with the memory that is left. It takes mem_fraction_static of what was free before the model was
/// loaded; what weights and tables leave of that are the pools. Source: sgl-project/sglang,
/// python/sglang/srt/model_executor/model_runner_kv_cache_mixin.py (profile_max_num_token, init_memory).
/// </summary>
internal sealed class SglangCapacityReader
{
    private const long FewestRunning = 2048;

    private const long MostRunning = 4096;

    private readonly SglangSettings _settings;

    /// <summary>Prepares reading.</summary>
    public SglangCapacityReader(SglangSettings settings)
    {
        _settings = settings;
        var free = settings.Resolved.DeviceMemory!.Value - SglangOverheads.ContextBytes - SglangOverheads.DistributedBytes(settings);
        FreeBytes = Math.Max(0, free);
    }

    /// <summary>What is free on a rank before it loads anything.</summary>
    public long FreeBytes { get; }

    /// <summary>What weights and pools may take of it.</summary>
    public long StaticBytes => checked((long)(FreeBytes * _settings.Resolved.GpuMemoryUtilization!.Value));

    /// <summary>What is left for the pools of a rank, below 0 where nothing is.</summary>
    public long PoolBytes(SglangStage stage)
    {
        return StaticBytes - stage.LoadedBytes;
    }

    /// <summary>The pools of a rank: all ranks hold as many tokens, and as many states, as the one with the fewest.</summary>
    public SglangPoolSize SizeOf(IReadOnlyList<SglangStage> stages)
    {
        var sizes = stages.Select(stage => (stage.Pool, Size: stage.Pool.SizeIn(Math.Max(0, PoolBytes(stage))))).ToList();
        return sizes.OrderBy(stage => stage.Size.Tokens).First().Size with
        {
            Slots = sizes.Where(stage => stage.Pool.StateBytes > 0).Select(stage => stage.Size.Slots).DefaultIfEmpty(0).Min(),
        };
    }

    /// <summary>The capacity.</summary>
    public ServingCapacity Read(IReadOnlyList<SglangStage> stages, SglangPoolSize size)
    {
        var (context, requests) = (_settings.Resolved.ContextLength!.Value, _settings.Requests);
        var narrowest = stages.OrderBy(PoolBytes).First();
        var running = Running(size, context, stages.Select(stage => stage.Pool).FirstOrDefault(pool => pool.StateBytes > 0));
        return new ServingCapacity(PoolBytes(narrowest))
        {
            BlockTokens = 1,
            Blocks = size.Tokens,
            Tokens = size.Tokens,
            MaxConcurrency = size.Tokens / (double)context,
            WorkloadConcurrency = Math.Min(running, requests.RequestsIn(size.Tokens)),
            LongestRequest = Math.Max(0, Math.Min(context, size.Tokens) - 1),
            Refusal = size.Tokens > 1 ? null : Refusal(narrowest),
        };
    }

    private long Running(SglangPoolSize size, long context, SglangPool? withStates)
    {
        var running = _settings.Resolved.MaxSequences
            ?? Math.Min(MostRunning, Math.Max(FewestRunning, (long)(size.Tokens / (decimal)context * 512)));
        return withStates is null ? running : Math.Min(running, size.Slots / withStates.SlotsPerRequest);
    }

    private string Refusal(SglangStage stage)
    {
        return $"SGLang does not start: not enough memory for the pools, {ByteSize.FormatGiB(Math.Max(0, -PoolBytes(stage)))} are missing. "
            + "Raise -GpuMemoryUtilization, or -TensorParallel.";
    }
}
