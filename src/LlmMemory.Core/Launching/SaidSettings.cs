using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Workloads.Serving;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Launching;

/// <summary>
/// The settings that somebody asked for, by the names of their parameters and as text: what a target does not write has
/// to be named. A value that changes nothing (one rank, no adapter) was not asked for.
/// </summary>
internal static class SaidSettings
{
    private static readonly (string Name, Func<InferenceWorkload, object?> Value)[] Serving =
    [
        (nameof(InferenceWorkload.ContextLength), workload => workload.ContextLength),
        (nameof(InferenceWorkload.Concurrency), workload => workload.Concurrency),
        (nameof(InferenceWorkload.PromptLength), workload => workload.PromptLength),
        (nameof(InferenceWorkload.OutputLength), workload => workload.OutputLength),
        (nameof(InferenceWorkload.SharedPrefixLength), workload => workload.SharedPrefixLength),
        (nameof(InferenceWorkload.KvCacheType), workload => workload.KvCacheType),
        (nameof(InferenceWorkload.ValueCacheType), workload => workload.ValueCacheType),
        (nameof(InferenceWorkload.TensorParallel), workload => Above(1, workload.TensorParallel)),
        (nameof(InferenceWorkload.PipelineParallel), workload => Above(1, workload.PipelineParallel)),
        (nameof(InferenceWorkload.DataParallel), workload => Above(1, workload.DataParallel)),
        (nameof(InferenceWorkload.DecodeContextParallel), workload => Above(1, workload.DecodeContextParallel)),
        (nameof(InferenceWorkload.ExpertParallel), workload => OnlyIf(true, workload.ExpertParallel)),
        (nameof(InferenceWorkload.GpuMemoryUtilization), workload => workload.GpuMemoryUtilization),
        (nameof(InferenceWorkload.MaxSequences), workload => workload.MaxSequences),
        (nameof(InferenceWorkload.MaxBatchedTokens), workload => workload.MaxBatchedTokens),
        (nameof(InferenceWorkload.PrefixCaching), workload => OnlyIf(false, workload.PrefixCaching)),
        (nameof(InferenceWorkload.EnforceEager), workload => OnlyIf(true, workload.EnforceEager)),
        (nameof(InferenceWorkload.LoraSlots), workload => Above(0, workload.LoraSlots)),
        (nameof(InferenceWorkload.MaxLoraRank), workload => workload.LoraSlots > 0 ? workload.MaxLoraRank : null),
        (nameof(InferenceWorkload.SpeculativeTokens), workload => Above(0, workload.SpeculativeTokens)),
        (nameof(InferenceWorkload.BatchSize), workload => workload.BatchSize),
        (nameof(InferenceWorkload.MicroBatchSize), workload => workload.MicroBatchSize),
        (nameof(InferenceWorkload.GpuLayers), workload => workload.GpuLayers),
        (nameof(InferenceWorkload.GpuCount), workload => workload.GpuCount),
        (nameof(InferenceWorkload.TensorSplit), workload => Any(workload.TensorSplit.Select(share => share.ToString(CultureInfo.InvariantCulture)))),
        (nameof(InferenceWorkload.SplitMode), workload => workload.SplitMode),
        (nameof(InferenceWorkload.MainGpu), workload => workload.MainGpu),
        (nameof(InferenceWorkload.OverrideTensor), workload => Any(workload.OverrideTensor)),
        (nameof(InferenceWorkload.CpuMoe), workload => OnlyIf(true, workload.CpuMoe)),
        (nameof(InferenceWorkload.CpuMoeLayers), workload => workload.CpuMoeLayers),
        (nameof(InferenceWorkload.NoKvOffload), workload => OnlyIf(true, workload.NoKvOffload)),
        (nameof(InferenceWorkload.UnifiedKv), workload => workload.UnifiedKv),
        (nameof(InferenceWorkload.FlashAttention), workload => workload.FlashAttention),
        (nameof(InferenceWorkload.NoMemoryMap), workload => OnlyIf(true, workload.NoMemoryMap)),
        (nameof(InferenceWorkload.Projector), workload => workload.Projector?.Name),
        (nameof(InferenceWorkload.LoraAdapter), workload => Any(workload.LoraAdapter.Select(adapter => adapter.Name))),
        (nameof(InferenceWorkload.DraftModel), workload => workload.DraftModel?.Name),
        (nameof(InferenceWorkload.DraftGpuLayers), workload => workload.DraftGpuLayers),
    ];

    private static readonly (string Name, Func<TrainingRun, object?> Value)[] Training =
    [
        (nameof(TrainingRun.MicroBatchSize), run => run.MicroBatchSize),
        (nameof(TrainingRun.SequenceLength), run => run.SequenceLength),
        (nameof(TrainingRun.GradientAccumulation), run => Above(1, run.GradientAccumulation)),
        (nameof(TrainingRun.Optimizer), run => run.Optimizer),
        (nameof(TrainingRun.OptimizerInBackward), run => OnlyIf(true, run.OptimizerInBackward)),
        (nameof(TrainingRun.Precision), run => run.Precision),
        (nameof(TrainingRun.Recompute), run => run.Recompute),
        (nameof(TrainingRun.AttentionKernel), run => run.AttentionKernel),
        (nameof(TrainingRun.LayerKernels), run => run.LayerKernels == LayerKernels.Eager ? null : run.LayerKernels),
        (nameof(TrainingRun.LossKernel), run => run.LossKernel),
        (nameof(TrainingRun.Sharding), run => run.DataParallel > 1 ? run.Sharding : null),
        (nameof(TrainingRun.DataParallel), run => Above(1, run.DataParallel)),
        (nameof(TrainingRun.TensorParallel), run => Above(1, run.TensorParallel)),
        (nameof(TrainingRun.PipelineParallel), run => Above(1, run.PipelineParallel)),
        (nameof(TrainingRun.VirtualPipeline), run => Above(1, run.VirtualPipeline)),
        (nameof(TrainingRun.PipelineLayout), run => run.PipelineLayout),
        (nameof(TrainingRun.MicroBatchGroup), run => run.MicroBatchGroup),
        (nameof(TrainingRun.ContextParallel), run => Above(1, run.ContextParallel)),
        (nameof(TrainingRun.SequenceParallel), run => OnlyIf(true, run.SequenceParallel)),
        (nameof(TrainingRun.ExpertParallelSize), run => Above(1, run.ExpertParallelSize)),
        (nameof(TrainingRun.ExpertTensorParallel), run => Above(1, run.ExpertTensorParallel)),
        (nameof(TrainingRun.TokenDispatcher), run => run.TokenDispatcher),
        (nameof(TrainingRun.GroupedGemm), run => OnlyIf(true, run.GroupedGemm)),
        (nameof(TrainingRun.DistributedOptimizer), run => OnlyIf(true, run.DistributedOptimizer)),
        (nameof(TrainingRun.GradientAccumulationFusion), run => OnlyIf(true, run.GradientAccumulationFusion)),
        (nameof(TrainingRun.RecomputeLayers), run => run.RecomputeLayers),
        (nameof(TrainingRun.RecomputeModules), run => run.RecomputeModules is { } modules ? Any(modules.Select(module => module.Name)) : null),
        (nameof(TrainingRun.Dropout), run => run.Dropout),
        (nameof(TrainingRun.MtpLayers), run => run.MtpLayers),
        (nameof(TrainingRun.Deterministic), run => OnlyIf(true, run.Deterministic)),
    ];

    /// <summary>Name and value of each.</summary>
    /// <param name="request">The request.</param>
    public static IEnumerable<KeyValuePair<string, string>> Of(LaunchRequest request)
    {
        return Values(request)
            .Where(setting => setting.Value is not null && !request.IsAssumed(setting.Key) && !LlamaCppDefaults.Has(request, setting.Key))
            .Select(setting => new KeyValuePair<string, string>(setting.Key, Convert.ToString(setting.Value, CultureInfo.InvariantCulture)!));
    }

    private static IEnumerable<KeyValuePair<string, object?>> Values(LaunchRequest request)
    {
        var serving = request.Serving is { } workload
            ? Serving.Select(setting => new KeyValuePair<string, object?>(setting.Name, setting.Value(workload)))
            : [];
        return request.Training is { } run
            ? Training.Select(setting => new KeyValuePair<string, object?>(setting.Name, setting.Value(run)))
            : serving;
    }

    private static int? Above(int least, int? value)
    {
        return value > least ? value : null;
    }

    private static bool? OnlyIf(bool asked, bool? value)
    {
        return value == asked ? value : null;
    }

    private static string? Any(IEnumerable<string> values)
    {
        var text = string.Join(",", values);
        return text.Length == 0 ? null : text;
    }
}
