using System;
using System.Collections.Generic;
using LlmMemory.Errors;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving.LlamaCpp.FrontEnds;

/// <summary>LM Studio, which loads a model with llama.cpp: four predictions at once that share one cache.</summary>
internal sealed class LmStudioEngine : LlamaCppFrontEnd
{
    /// <summary>Creates the engine.</summary>
    public LmStudioEngine()
        : base("LMStudio", "LM Studio: llama.cpp with LM Studio's settings", "lms")
    {
    }

    private protected override string Program => "LM Studio";

    private protected override IReadOnlyCollection<string> Settings { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        nameof(InferenceWorkload.GpuLayers), nameof(InferenceWorkload.GpuCount), nameof(InferenceWorkload.UnifiedKv),
        nameof(InferenceWorkload.NoKvOffload),
    };

    private protected override LlamaCppSettings ToSettings(LlamaCppModel model, InferenceWorkload workload)
    {
        var defaults = new LmStudioSettings { ContextLength = ContextOf(workload) };
        var key = TypeOf(workload.KvCacheType) ?? defaults.KeyCacheType;
        return (defaults with
        {
            ConcurrentPredictions = Slots(workload) ?? defaults.ConcurrentPredictions,
            UnifiedKv = workload.UnifiedKv ?? defaults.UnifiedKv,
            GpuLayers = workload.GpuLayers,
            DeviceCount = workload.GpuCount ?? defaults.DeviceCount,
            KeyCacheType = key,
            ValueCacheType = TypeOf(workload.ValueCacheType) ?? key,
            KvOffload = workload.NoKvOffload != true,
        }).ToLlamaCpp();
    }

    private protected override IEnumerable<string> OwnAssumptions(InferenceWorkload workload)
    {
        if (workload.Concurrency is null)
        {
            yield return "Four predictions at once that share one cache, LM Studio's default (-Concurrency).";
        }

        yield return "LM Studio is closed: what its documentation does not say is llama.cpp's default. Its MLX engine is not modelled.";    }

    private static long ContextOf(InferenceWorkload workload)
    {
        return workload.ContextLength ?? throw new LlmMemoryException(
            ErrorIds.EngineRefusesSetting,
            null,
            "LM Studio's default context is not documented; its load dialog shows it. Write -ContextLength 8k.");
    }
}
