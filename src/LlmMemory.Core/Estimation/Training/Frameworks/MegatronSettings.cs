using System;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Frameworks;

/// <summary>Settings that Megatron alone has, said to another framework.</summary>
internal static class MegatronSettings
{
    private static readonly (string What, Func<TrainingRun, object?> Value)[] All =
    [
        ("tensor parallelism", run => Above1(run.TensorParallel)),
        ("pipeline parallelism", run => Above1(run.PipelineParallel)),
        ("interleaved pipeline", run => Above1(run.VirtualPipeline)),
        ("layout of a pipeline", run => run.PipelineLayout),
        ("groups of micro batches", run => run.MicroBatchGroup),
        ("context parallelism", run => Above1(run.ContextParallel)),
        ("sequence parallelism", run => run.SequenceParallel == true ? true : null),
        ("expert parallelism", run => Above1(run.ExpertParallelSize)),
        ("expert tensor parallelism", run => Above1(run.ExpertTensorParallel)),
        ("token dispatcher", run => run.TokenDispatcher),
        ("grouped matrix multiplication of experts", run => run.GroupedGemm == true ? true : null),
        ("distributed optimizer", run => run.DistributedOptimizer == true ? true : null),
        ("fusion of gradient accumulation", run => run.GradientAccumulationFusion == true ? true : null),
        ("number of layers to recompute", run => run.RecomputeLayers),
        ("modules to recompute", run => run.RecomputeModules),
        ("switch for dropout", run => run.Dropout),
        ("multi-token prediction", run => run.MtpLayers is > 0 ? run.MtpLayers : null),
        ("deterministic mode", run => run.Deterministic == true ? true : null),
        ("generation of GPUs", run => run.GpuGeneration),
        ("recomputation of a block of layers", run => run.Recompute == Recomputation.Block ? run.Recompute : null),
        ("native loss fusion of Megatron", run => run.LossKernel == LossKernel.Compiled ? run.LossKernel : null),
        ("Transformer Engine", run => run.LayerKernels == LayerKernels.TransformerEngine ? run.LayerKernels : null),
    ];

    /// <summary>Refuses them.</summary>
    /// <param name="framework">The framework's name.</param>
    /// <param name="run">The run.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingSettingInvalid"/>.</exception>
    public static void Refuse(string framework, TrainingRun run)
    {
        foreach (var (what, value) in All.Select(setting => (setting.What, setting.Value(run))))
        {
            if (value is not null)
            {
                throw new LlmMemoryException(ErrorIds.TrainingSettingInvalid, value, $"{framework} has no {what}: write -Framework Megatron, or leave it out.");
            }
        }
    }

    private static int? Above1(int? degree)
    {
        return degree is > 1 ? degree : null;
    }
}
