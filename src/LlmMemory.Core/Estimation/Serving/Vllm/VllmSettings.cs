using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation.Calibration;
using LlmMemory.Models.Blocks;
using LlmMemory.Quantities;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving.Vllm;

/// <summary>
/// A workload with vLLM's defaults filled in, and checked as vLLM checks it. Source: vllm-project/vllm,
/// vllm/engine/arg_utils.py, vllm/config/model.py (verify_with_parallel_config) and vllm/config/parallel.py.
/// </summary>
internal sealed class VllmSettings
{
    /// <summary>From this size on a device gets the larger defaults.</summary>
    private const long LargeDeviceBytes = 70L << 30;

    private const long LargeDeviceSequences = 1024;

    private const long LargeDeviceTokens = 8192;

    private const decimal DefaultUtilization = 0.9m;

    private readonly List<string> _assumptions = [];

    /// <summary>Fills the defaults in.</summary>
    /// <param name="served">The model.</param>
    /// <param name="workload">What was said.</param>
    /// <param name="profile">The version.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.EngineRefusesSetting"/> or <see cref="ErrorIds.KvCacheTypeUnsupported"/>.</exception>
    public VllmSettings(ServedModel served, InferenceWorkload workload, VllmProfile profile)
    {
        var isLarge = workload.DeviceMemory is not { } memory || memory >= LargeDeviceBytes;
        var speculative = workload.SpeculativeTokens ?? 0;
        Resolved = workload with
        {
            ContextLength = workload.ContextLength ?? Say(ParallelCheck.ContextOf(served), tokens => $"Context {TokenCount.Format(tokens)}, the model's own (-ContextLength)."),
            Concurrency = workload.Concurrency ?? Say(1L, _ => "One request at a time (-Concurrency)."),
            TensorParallel = workload.TensorParallel ?? 1,
            PipelineParallel = workload.PipelineParallel ?? 1,
            DataParallel = workload.DataParallel ?? 1,
            DecodeContextParallel = workload.DecodeContextParallel ?? 1,
            ExpertParallel = workload.ExpertParallel ?? false,
            KvCacheType = workload.KvCacheType ?? Say(served.CacheType, type => $"KV cache in {type}, vLLM's auto (-KvCacheType)."),
            MaxSequences = workload.MaxSequences ?? Say(isLarge ? LargeDeviceSequences : 256, count => $"max_num_seqs {count}, vLLM's default for the device (-MaxSequences)."),
            MaxBatchedTokens = workload.MaxBatchedTokens ?? Say(isLarge ? LargeDeviceTokens : 2048, count => $"max_num_batched_tokens {count}, vLLM's default for the device (-MaxBatchedTokens)."),
            GpuMemoryUtilization = workload.GpuMemoryUtilization ?? (workload.DeviceMemory is null ? null : Say(DefaultUtilization, share => $"gpu_memory_utilization {share}, vLLM's default (-GpuMemoryUtilization).")),
            PrefixCaching = workload.PrefixCaching ?? CachesPrefixes(served, workload, profile),
            EnforceEager = workload.EnforceEager ?? false,
            SpeculativeTokens = speculative,
        };
        Check(served);
        Calibration = new AppliedCalibration(Resolved);
    }

    /// <summary>The workload, nothing in it null that vLLM has a value for.</summary>
    public InferenceWorkload Resolved { get; }

    /// <summary>What was measured on the machine that serves.</summary>
    public AppliedCalibration Calibration { get; }

    /// <summary>Every default that was taken.</summary>
    public IReadOnlyList<string> Assumptions => _assumptions;

    /// <summary>The ranks that each layer is split over.</summary>
    public int TensorParallel => Resolved.TensorParallel!.Value;

    /// <summary>The stages.</summary>
    public int PipelineParallel => Resolved.PipelineParallel!.Value;

    /// <summary>The ranks that share the tokens of a request between them.</summary>
    public int DecodeContextParallel => Resolved.DecodeContextParallel!.Value;

    /// <summary>The tokens that a request may have.</summary>
    public long ContextLength => Resolved.ContextLength!.Value;

    /// <summary>The tokens of a request of the workload, at most those of the context.</summary>
    public long RequestLength => Resolved is { PromptLength: null, OutputLength: null }
        ? ContextLength
        : Math.Min(ContextLength, checked((Resolved.PromptLength ?? 0) + (Resolved.OutputLength ?? 0)));

    /// <summary>The tokens that one pass works on at most.</summary>
    public long BatchedTokens => Resolved.MaxBatchedTokens!.Value;

    /// <summary>The sequences of one pass at most.</summary>
    public long Sequences => Math.Min(Resolved.MaxSequences!.Value, BatchedTokens);

    /// <summary>True where a pass is as large as in the measured runs: the defaults on a large device.</summary>
    public bool IsMeasuredBatch => Resolved is { MaxSequences: LargeDeviceSequences, MaxBatchedTokens: LargeDeviceTokens };

    /// <summary>The tokens drafted ahead of each step.</summary>
    public int SpeculativeTokens => Resolved.SpeculativeTokens!.Value;

    // Source: vllm-project/vllm, vllm/config/model.py (is_prefix_caching_supported).
    private bool CachesPrefixes(ServedModel served, InferenceWorkload workload, VllmProfile profile)
    {
        var hasStates = served.Mixers.All.Any(group => group.Mixer is RecurrentMixer);
        return !hasStates
            || profile.CachesPrefixesOfStates
            || workload.SharedPrefixLength is not null
            || Say(false, _ => "No prefix caching, vLLM's default for models with states before 0.28 (-SharedPrefixLength asks for it).");
    }

    private T Say<T>(T value, Func<T, string> sentence)
    {
        _assumptions.Add(sentence(value));
        return value;
    }

    private void Check(ServedModel served)
    {
        ParallelCheck.Check(served, Resolved, "vLLM");
        DecodeContextCheck.Check(served, Resolved);
        Refuse(
            served.Mixers.All.Any(group => group.Mixer is CompressedAttention),
            served.Model.Name,
            $"How vLLM caches {Quoted.Value(served.Model.Name)} is not known. Write -Engine Generic.");
        RefuseCache(
            Resolved.KvCacheType is { BlockElements: 32 },
            Resolved.KvCacheType!.Name,
            $"vLLM has no KV cache in {Resolved.KvCacheType}, a type of llama.cpp. Write -KvCacheType fp8.");
        RefuseCache(
            Resolved.ValueCacheType is not null && Resolved.ValueCacheType != Resolved.KvCacheType,
            Resolved.ValueCacheType?.Name,
            "vLLM caches keys and values in one type. Leave -ValueCacheType out.");
        Refuse(
            Resolved.GpuMemoryUtilization is <= 0 or > 1,
            Resolved.GpuMemoryUtilization,
            $"{Resolved.GpuMemoryUtilization} is no share of a device. Write one between 0 and 1: -GpuMemoryUtilization 0.9.");
    }

    private static void Refuse(bool refuses, object? value, string sentence)
    {
        if (refuses)
        {
            throw new LlmMemoryException(ErrorIds.EngineRefusesSetting, value, sentence);
        }
    }

    private static void RefuseCache(bool refuses, object? value, string sentence)
    {
        if (refuses)
        {
            throw new LlmMemoryException(ErrorIds.KvCacheTypeUnsupported, value, sentence);
        }
    }
}
