using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models.Blocks;
using LlmMemory.Quantities;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving.TensorRtLlm;

/// <summary>
/// A workload with TensorRT-LLM's defaults filled in, and checked. Source: NVIDIA/TensorRT-LLM,
/// tensorrt_llm/llmapi/llm_args.py (max_num_tokens, free_gpu_memory_fraction).
/// </summary>
internal sealed class TensorRtLlmSettings
{
    private const long DefaultBatchedTokens = 8192;

    private const decimal DefaultFraction = 0.9m;

    private readonly List<string> _assumptions = [];

    /// <summary>Fills the defaults in.</summary>
    /// <param name="served">The model.</param>
    /// <param name="workload">What was said.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.EngineRefusesSetting"/> or <see cref="ErrorIds.KvCacheTypeUnsupported"/>.</exception>
    public TensorRtLlmSettings(ServedModel served, InferenceWorkload workload)
    {
        PooledCacheType.Check(served, workload, "TensorRT-LLM", CacheTypes.Fp8, CacheTypes.NvFp4);
        Resolved = workload with
        {
            ContextLength = workload.ContextLength ?? Say(ParallelCheck.ContextOf(served), tokens => $"Context {TokenCount.Format(tokens)}, the model's own (-ContextLength)."),
            Concurrency = workload.Concurrency ?? Say(1L, _ => "One request at a time (-Concurrency)."),
            TensorParallel = workload.TensorParallel ?? 1,
            PipelineParallel = workload.PipelineParallel ?? 1,
            DataParallel = workload.DataParallel ?? 1,
            ExpertParallel = workload.ExpertParallel ?? false,
            KvCacheType = workload.KvCacheType ?? Say(served.CacheType, type => $"KV cache in {type}, TensorRT-LLM's auto (-KvCacheType)."),
            MaxBatchedTokens = workload.MaxBatchedTokens ?? Say(DefaultBatchedTokens, tokens => $"max_num_tokens {tokens}, TensorRT-LLM's default (-MaxBatchedTokens)."),
            GpuMemoryUtilization = workload.GpuMemoryUtilization ?? (workload.DeviceMemory is null ? null : Say(DefaultFraction, share => $"free_gpu_memory_fraction {share}, TensorRT-LLM's default (-GpuMemoryUtilization).")),
            PrefixCaching = workload.PrefixCaching ?? true,
        };
        Requests = RequestTokens.Of(Resolved);
        ParallelCheck.Check(served, Resolved, "TensorRT-LLM");
        CheckModel(served);
    }

    /// <summary>The workload, nothing in it null that TensorRT-LLM has a value for.</summary>
    public InferenceWorkload Resolved { get; }

    /// <summary>The tokens of the workload's requests.</summary>
    public RequestTokens Requests { get; }

    /// <summary>Every default that was taken.</summary>
    public IReadOnlyList<string> Assumptions => _assumptions;

    /// <summary>The ranks that each layer is split over.</summary>
    public int TensorParallel => Resolved.TensorParallel!.Value;

    /// <summary>The stages.</summary>
    public int PipelineParallel => Resolved.PipelineParallel!.Value;

    /// <summary>The sequences that states are kept for.</summary>
    public long StateSlots => Resolved.MaxSequences ?? Resolved.Concurrency!.Value;

    private T Say<T>(T value, Func<T, string> sentence)
    {
        _assumptions.Add(sentence(value));
        return value;
    }

    private static void CheckModel(ServedModel served)
    {
        if (served.Mixers.All.Any(group => group.Mixer is CompressedAttention))
        {
            throw new LlmMemoryException(
                ErrorIds.EngineRefusesSetting,
                served.Model.Name,
                $"How TensorRT-LLM caches {Quoted.Value(served.Model.Name)} is not known. Write -Engine Generic.");
        }
    }
}
