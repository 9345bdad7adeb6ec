using System.Collections.Generic;
using System.Linq;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving;

/// <summary>Settings that were said and that an engine does not have: each is named, so that nobody takes it for counted.</summary>
internal static class EngineScope
{
    /// <summary>A sentence for each setting of llama.cpp that was said to an engine without it.</summary>
    /// <param name="workload">What was said.</param>
    /// <param name="engine">The engine's name.</param>
    /// <param name="known">The settings that the engine has all the same.</param>
    public static IEnumerable<string> WithoutLlamaCpp(InferenceWorkload workload, string engine, params string[] known)
    {
        foreach (var (name, isSaid) in new[]
        {
            ("BatchSize", workload.BatchSize is not null),
            ("MicroBatchSize", workload.MicroBatchSize is not null),
            ("GpuLayers", workload.GpuLayers is not null),
            ("GpuCount", workload.GpuCount is not null),
            ("TensorSplit", workload.TensorSplit.Count > 0),
            ("SplitMode", workload.SplitMode is not null),
            ("MainGpu", workload.MainGpu is not null),
            ("OverrideTensor", workload.OverrideTensor.Count > 0),
            ("CpuMoe", workload.CpuMoe == true),
            ("CpuMoeLayers", workload.CpuMoeLayers is not null),
            ("NoKvOffload", workload.NoKvOffload == true),
            ("UnifiedKv", workload.UnifiedKv is not null),
            ("FlashAttention", workload.FlashAttention is not null),
            ("NoMemoryMap", workload.NoMemoryMap == true),
        })
        {
            if (isSaid && !known.Contains(name))
            {
                yield return NoEffect(name, engine);
            }
        }
    }

    /// <summary>A sentence for each setting of a paged engine that was said to one without it.</summary>
    /// <param name="workload">What was said.</param>
    /// <param name="engine">The engine's name.</param>
    /// <param name="known">The settings that the engine has all the same.</param>
    public static IEnumerable<string> WithoutPages(InferenceWorkload workload, string engine, params string[] known)
    {
        foreach (var (name, isSaid) in new[]
        {
            ("GpuMemoryUtilization", workload.GpuMemoryUtilization is not null),
            ("MaxSequences", workload.MaxSequences is not null),
            ("MaxBatchedTokens", workload.MaxBatchedTokens is not null),
            ("ExpertParallel", workload.ExpertParallel == true),
            ("EnforceEager", workload.EnforceEager == true),
            ("NoPrefixCaching", workload.PrefixCaching == false),
            ("LoraSlots", workload.LoraSlots is not null),
            ("MaxLoraRank", workload.MaxLoraRank is not null),
            ("SpeculativeTokens", workload.SpeculativeTokens is not null),
        })
        {
            if (isSaid && !known.Contains(name))
            {
                yield return NoEffect(name, engine);
            }
        }
    }

    /// <summary>A sentence for each setting of parallel ranks that was said to an engine without them.</summary>
    public static IEnumerable<string> WithoutRanks(InferenceWorkload workload, string engine)
    {
        foreach (var (name, isSaid) in new[]
        {
            ("TensorParallel", workload.TensorParallel > 1),
            ("PipelineParallel", workload.PipelineParallel > 1),
            ("DataParallel", workload.DataParallel > 1),
        })
        {
            if (isSaid)
            {
                yield return NoEffect(name, engine);
            }
        }
    }

    private static string NoEffect(string name, string engine)
    {
        return $"-{name} has no effect: {engine} has no such setting, or it changes nothing here.";
    }
}
