using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation.Calibration;
using LlmMemory.Models.Blocks;
using LlmMemory.Quantities;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving.Sglang;

/// <summary>
/// A workload with SGLang's defaults filled in, and checked. Source: sgl-project/sglang,
/// python/sglang/srt/server_args.py.
/// </summary>
internal sealed class SglangSettings
{
    private readonly List<string> _assumptions = [];

    /// <summary>Fills the defaults in.</summary>
    /// <param name="served">The model.</param>
    /// <param name="workload">What was said.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.EngineRefusesSetting"/> or <see cref="ErrorIds.KvCacheTypeUnsupported"/>.</exception>
    public SglangSettings(ServedModel served, InferenceWorkload workload)
    {
        PooledCacheType.Check(served, workload, "SGLang", CacheTypes.Fp8, CacheTypes.NvFp4);
        var defaults = SglangDefaults.Of(workload.DeviceMemory, workload.TensorParallel ?? 1);
        var chunk = workload.MaxBatchedTokens ?? Say(defaults.ChunkTokens, tokens => $"chunked_prefill_size {tokens}, SGLang's default for the device (-MaxBatchedTokens).");
        GraphBatch = Math.Min(defaults.GraphBatch, workload.MaxSequences ?? defaults.GraphBatch);
        Resolved = workload with
        {
            ContextLength = workload.ContextLength ?? Say(ParallelCheck.ContextOf(served), tokens => $"Context {TokenCount.Format(tokens)}, the model's own (-ContextLength)."),
            Concurrency = workload.Concurrency ?? Say(1L, _ => "One request at a time (-Concurrency)."),
            TensorParallel = workload.TensorParallel ?? 1,
            PipelineParallel = workload.PipelineParallel ?? 1,
            DataParallel = workload.DataParallel ?? 1,
            ExpertParallel = workload.ExpertParallel ?? false,
            KvCacheType = workload.KvCacheType ?? Say(served.CacheType, type => $"KV cache in {type}, SGLang's auto (-KvCacheType)."),
            MaxBatchedTokens = chunk,
            PrefixCaching = workload.PrefixCaching ?? true,
            EnforceEager = workload.EnforceEager ?? false,
            SpeculativeTokens = workload.SpeculativeTokens ?? 0,
        };
        ParallelCheck.Check(served, Resolved, "SGLang");
        CheckModel(served);
        Resolved = Resolved with { GpuMemoryUtilization = workload.GpuMemoryUtilization ?? DefaultFraction(served) };
        Requests = RequestTokens.Of(Resolved);
        Calibration = new AppliedCalibration(Resolved);
    }

    /// <summary>The workload, nothing in it null that SGLang has a value for.</summary>
    public InferenceWorkload Resolved { get; }

    /// <summary>The tokens of the workload's requests.</summary>
    public RequestTokens Requests { get; }

    /// <summary>The largest batch that is captured as a graph.</summary>
    public long GraphBatch { get; }

    /// <summary>What was measured on the machine that serves.</summary>
    public AppliedCalibration Calibration { get; }

    /// <summary>Every default that was taken.</summary>
    public IReadOnlyList<string> Assumptions => _assumptions;

    /// <summary>The ranks that each layer is split over.</summary>
    public int TensorParallel => Resolved.TensorParallel!.Value;

    /// <summary>The stages.</summary>
    public int PipelineParallel => Resolved.PipelineParallel!.Value;

    /// <summary>True where tokens are drafted.</summary>
    public bool IsDrafting => Resolved.SpeculativeTokens > 0;

    private decimal? DefaultFraction(ServedModel served)
    {
        return Resolved.DeviceMemory is { } device
            ? Say(
                SglangDefaults.MemoryFraction(device, served, Resolved.MaxBatchedTokens!.Value, GraphBatch, TensorParallel * PipelineParallel, IsDrafting),
                share => string.Format(CultureInfo.InvariantCulture, "mem_fraction_static {0:0.###}, SGLang's default for the device (-GpuMemoryUtilization).", share))
            : null;
    }

    private T Say<T>(T value, Func<T, string> sentence)
    {
        _assumptions.Add(sentence(value));
        return value;
    }

    private static void CheckModel(ServedModel served)
    {
        var mixers = served.Mixers.All.Select(group => group.Mixer).ToList();
        if (mixers.Any(mixer => mixer is CompressedAttention or CrossAttention) || !mixers.Any(mixer => mixer is GroupedQueryAttention or LatentAttention))
        {
            throw new LlmMemoryException(
                ErrorIds.EngineRefusesSetting,
                served.Model.Name,
                $"How SGLang caches {Quoted.Value(served.Model.Name)} is not known: its layers are none that its pools are known for. Write -Engine Generic.");
        }
    }
}
