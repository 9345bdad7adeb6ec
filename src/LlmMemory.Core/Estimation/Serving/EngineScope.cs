using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// The settings that were said and that an engine does not have: each is named, so that nobody takes it for counted.
/// An engine lists what it reads; what it does not list has no effect.
/// </summary>
internal static class EngineScope
{
    // The parameter that says a setting, and whether the workload says it.
    private static readonly (string Name, Func<InferenceWorkload, bool> IsSaid)[] Settings =
    [
        (nameof(InferenceWorkload.PromptLength), workload => workload.PromptLength is not null),
        (nameof(InferenceWorkload.OutputLength), workload => workload.OutputLength is not null),
        (nameof(InferenceWorkload.SharedPrefixLength), workload => workload.SharedPrefixLength is not null),
        (nameof(InferenceWorkload.TensorParallel), workload => workload.TensorParallel > 1),
        (nameof(InferenceWorkload.PipelineParallel), workload => workload.PipelineParallel > 1),
        (nameof(InferenceWorkload.DataParallel), workload => workload.DataParallel > 1),
        (nameof(InferenceWorkload.DecodeContextParallel), workload => workload.DecodeContextParallel > 1),
        (nameof(InferenceWorkload.ExpertParallel), workload => workload.ExpertParallel == true),
        (nameof(InferenceWorkload.DeviceMemory), workload => workload.DeviceMemory is not null),
        (nameof(InferenceWorkload.GpuMemoryUtilization), workload => workload.GpuMemoryUtilization is not null),
        (nameof(InferenceWorkload.MaxSequences), workload => workload.MaxSequences is not null),
        (nameof(InferenceWorkload.MaxBatchedTokens), workload => workload.MaxBatchedTokens is not null),
        ("NoPrefixCaching", workload => workload.PrefixCaching == false),
        (nameof(InferenceWorkload.EnforceEager), workload => workload.EnforceEager == true),
        (nameof(InferenceWorkload.LoraSlots), workload => workload.LoraSlots is not null),
        (nameof(InferenceWorkload.MaxLoraRank), workload => workload.MaxLoraRank is not null),
        (nameof(InferenceWorkload.SpeculativeTokens), workload => workload.SpeculativeTokens is not null),
        (nameof(InferenceWorkload.BatchSize), workload => workload.BatchSize is not null),
        (nameof(InferenceWorkload.MicroBatchSize), workload => workload.MicroBatchSize is not null),
        (nameof(InferenceWorkload.GpuLayers), workload => workload.GpuLayers is not null),
        (nameof(InferenceWorkload.GpuCount), workload => workload.GpuCount is not null),
        (nameof(InferenceWorkload.TensorSplit), workload => workload.TensorSplit.Count > 0),
        (nameof(InferenceWorkload.SplitMode), workload => workload.SplitMode is not null),
        (nameof(InferenceWorkload.MainGpu), workload => workload.MainGpu is not null),
        (nameof(InferenceWorkload.OverrideTensor), workload => workload.OverrideTensor.Count > 0),
        (nameof(InferenceWorkload.CpuMoe), workload => workload.CpuMoe == true),
        (nameof(InferenceWorkload.CpuMoeLayers), workload => workload.CpuMoeLayers is not null),
        (nameof(InferenceWorkload.NoKvOffload), workload => workload.NoKvOffload == true),
        (nameof(InferenceWorkload.UnifiedKv), workload => workload.UnifiedKv is not null),
        (nameof(InferenceWorkload.FlashAttention), workload => workload.FlashAttention is not null),
        (nameof(InferenceWorkload.Projector), workload => workload.Projector is not null),
        (nameof(InferenceWorkload.LoraAdapter), workload => workload.LoraAdapter.Count > 0),
        (nameof(InferenceWorkload.DraftModel), workload => workload.DraftModel is not null),
        (nameof(InferenceWorkload.DraftGpuLayers), workload => workload.DraftGpuLayers is not null),
        (nameof(InferenceWorkload.NoMemoryMap), workload => workload.NoMemoryMap == true),
    ];

    /// <summary>A sentence for each setting that was said in vain.</summary>
    /// <param name="said">The workload as it was said.</param>
    /// <param name="engine">What the engine calls itself.</param>
    /// <param name="known">The settings that it reads, by the names of their parameters.</param>
    public static IEnumerable<string> Unused(InferenceWorkload said, string engine, IReadOnlyCollection<string> known)
    {
        return Settings
            .Where(setting => setting.IsSaid(said) && !known.Contains(setting.Name))
            .Select(setting => $"-{setting.Name} has no effect: {engine} has no such setting, or it changes nothing here.");
    }
}
