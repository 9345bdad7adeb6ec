using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Training;
using LlmMemory.Workloads.Training;
using Xunit;

namespace LlmMemory.Core.Tests.Training;

/// <summary>What holds for every run of Megatron.</summary>
public sealed class MegatronProperties
{
    private static readonly string[] Models = ["gpt2", "llama-3.2-1b", "qwen3-0.6b", "mixtral-8x7b"];

    private static readonly Recomputation[] Recomputations = [Recomputation.None, Recomputation.Selective, Recomputation.Full, Recomputation.Block];

    private static readonly LossKernel[] Losses = [LossKernel.Torch, LossKernel.Compiled, LossKernel.FusedCrossEntropy];

    [Property(MaxTest = 60)]
    public void Every_rank_is_counted_once(PositiveInt model, PositiveInt choice, PositiveInt tokens)
    {
        var run = Run(choice, tokens);
        var estimate = Estimate(model, run);

        Assert.Equal(run.TensorParallel * run.PipelineParallel * run.ContextParallel * run.DataParallel, estimate.DeviceCount);
        Assert.All(estimate.Components, part => Assert.True(part.Bytes > 0, part.Name));
        Assert.Equal(estimate.TotalBytes, estimate.Components.Where(part => part.IsInPeak).Sum(part => part.Bytes));
        Assert.Equal(estimate.MaxDeviceBytes, estimate.Devices.Max(device => device.Bytes));
    }

    [Property(MaxTest = 60)]
    public void More_work_never_takes_less(PositiveInt model, PositiveInt choice, PositiveInt tokens)
    {
        var run = Run(choice, tokens);

        AssertNotLess(model, run, run with { SequenceLength = run.SequenceLength * 2 });
        AssertNotLess(model, run, run with { MicroBatchSize = run.MicroBatchSize + 1 });
        AssertNotLess(model, run, run with { GradientAccumulation = run.GradientAccumulation * 2 });
        AssertNotLess(model, run, run with { Dropout = true });
    }

    [Property(MaxTest = 60)]
    public void Sharing_never_takes_more_of_a_rank(PositiveInt model, PositiveInt choice, PositiveInt tokens)
    {
        var run = Run(choice, tokens) with { VirtualPipeline = 1 };

        AssertNotLess(model, run with { DistributedOptimizer = true }, run with { DistributedOptimizer = false });
        AssertNotLess(model, run with { DistributedOptimizer = true, DataParallel = run.DataParallel * 2 }, run with { DistributedOptimizer = true });
        AssertNotLess(model, run with { Recompute = Recomputation.Selective }, run with { Recompute = Recomputation.None });
        AssertNotLess(model, run with { Recompute = Recomputation.Full, RecomputeLayers = 1 }, run with { Recompute = Recomputation.None });
    }

    [Property(MaxTest = 40)]
    public void A_margin_is_on_the_peak_of_each_rank(PositiveInt model, PositiveInt choice, PositiveInt tokens)
    {
        var run = Run(choice, tokens);
        var plain = Estimate(model, run);
        var wider = Estimate(model, run with { SafetyMargin = 0.1m });

        Assert.Equal(
            plain.Devices.Select(device => device.Bytes + (long)(device.Bytes * 0.1m)), wider.Devices.Select(device => device.Bytes));
    }

    private static TrainingRun Run(PositiveInt choice, PositiveInt tokens)
    {
        var number = choice.Get;
        return new TrainingRun
        {
            SequenceLength = 16 * (1 + (tokens.Get % 500)),
            MicroBatchSize = 1 + (number % 3),
            GradientAccumulation = 4 * (1 + (number % 3)),
            TensorParallel = 1 << (number % 3),
            SequenceParallel = number % 2 == 0,
            PipelineParallel = 1 << (number / 3 % 3),
            ContextParallel = 1 + (number % 2),
            DataParallel = 4,
            DistributedOptimizer = number % 5 > 1,
            Dropout = number % 4 == 0,
            Recompute = Recomputations[number % Recomputations.Length],
            RecomputeLayers = 1 + (number % 4),
            LossKernel = Losses[number % Losses.Length],
            AttentionKernel = AttentionKernel.All[number % AttentionKernel.All.Count],
            GpuGeneration = GpuGeneration.All[number % GpuGeneration.All.Count],
            GradientAccumulationFusion = number % 7 > 3,
            ExpertTensorParallel = 1,
        };
    }

    private static MemoryEstimate Estimate(PositiveInt model, TrainingRun run)
    {
        return TrainingFrameworks.Megatron.Estimate(TrainingModels.Named(Models[model.Get % Models.Length]), run);
    }

    private static void AssertNotLess(PositiveInt model, TrainingRun less, TrainingRun more)
    {
        var (low, high) = (Estimate(model, less), Estimate(model, more));
        Assert.True(low.MaxDeviceBytes <= high.MaxDeviceBytes, $"{high.Model}: {low.MaxDeviceBytes} {low.Phase} > {high.MaxDeviceBytes} {high.Phase}");
    }
}
