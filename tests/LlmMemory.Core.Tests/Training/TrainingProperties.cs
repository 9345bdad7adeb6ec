using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LlmMemory.Adapters;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Training;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;
using Xunit;

namespace LlmMemory.Core.Tests.Training;

/// <summary>What holds for every framework, model and run.</summary>
public sealed class TrainingProperties
{
    // What Megatron alone has is refused by the others; its own properties stand in MegatronProperties.
    private static readonly TrainingFramework[] Frameworks = [.. TrainingFrameworks.All.Where(framework => framework != TrainingFrameworks.Megatron)];

    private static readonly Recomputation[] Recomputations = [.. Recomputation.All.Where(each => each != Recomputation.Block)];

    private static readonly LayerKernels[] Kernels = [.. LayerKernels.All.Where(each => each != LayerKernels.TransformerEngine)];

    private static readonly LossKernel[] Losses = [.. LossKernel.All.Where(each => each != LossKernel.Compiled)];

    [Property(MaxTest = 60)]
    public void The_peak_is_the_sum_of_what_lives_in_the_binding_phase(PositiveInt framework, PositiveInt model, PositiveInt tokens, PositiveInt choice)
    {
        var estimate = Estimate(framework, model, Run(tokens, choice));

        Assert.All(estimate.Components, part => Assert.True(part.Bytes >= 0, part.Name));
        Assert.Equal(estimate.TotalBytes, estimate.Components.Where(part => part.IsInPeak).Sum(part => part.Bytes));
        Assert.Equal(estimate.TotalBytes, estimate.Phases.Max(phase => phase.TotalBytes));
        Assert.Equal(estimate.TotalBytes, estimate.MaxDeviceBytes * estimate.DeviceCount);
    }

    [Property(MaxTest = 40)]
    public void More_tokens_never_take_less(PositiveInt framework, PositiveInt model, PositiveInt tokens, PositiveInt choice)
    {
        var run = Run(tokens, choice);

        AssertNotLess(framework, model, run, run with { SequenceLength = run.SequenceLength * 2 });
        AssertNotLess(framework, model, run, run with { MicroBatchSize = run.MicroBatchSize + 1 });
    }

    [Property(MaxTest = 40)]
    public void Accumulation_never_takes_less(PositiveInt framework, PositiveInt model, PositiveInt tokens, PositiveInt choice)
    {
        var run = Run(tokens, choice) with { GradientAccumulation = 1 };

        AssertNotLess(framework, model, run, run with { GradientAccumulation = 4 });
    }

    [Property(MaxTest = 40)]
    public void More_ranks_never_take_more_of_one_of_them(PositiveInt framework, PositiveInt model, PositiveInt tokens, PositiveInt choice)
    {
        var run = Run(tokens, choice) with { Sharding = Sharding.FullShard, DataParallel = 2 };

        AssertNotLess(framework, model, run with { DataParallel = 8 }, run);
    }

    [Property(MaxTest = 40)]
    public void What_is_recomputed_is_not_kept(PositiveInt framework, PositiveInt model, PositiveInt tokens)
    {
        var run = Run(tokens, PositiveInt.NewPositiveInt(1)) with { Recompute = Recomputation.Full };

        AssertNotLess(framework, model, run with { Recompute = Recomputation.Offloaded }, run);
        AssertNotLess(framework, model, run, run with { Recompute = Recomputation.None });
    }

    [Property(MaxTest = 40)]
    public void A_higher_rank_never_takes_less(PositiveInt framework, PositiveInt model, PositiveInt tokens, PositiveInt rank)
    {
        var lower = 1 + (rank.Get % 4);
        var run = Run(tokens, PositiveInt.NewPositiveInt(1));

        AssertNotLess(framework, model, run with { Adapter = Lora(model, lower) }, run with { Adapter = Lora(model, lower * 2) });
    }

    [Property(MaxTest = 40)]
    public void A_margin_is_on_the_peak(PositiveInt framework, PositiveInt model, PositiveInt tokens)
    {
        var run = Run(tokens, PositiveInt.NewPositiveInt(1)) with { DataParallel = null, Sharding = null };
        var plain = Estimate(framework, model, run).TotalBytes;

        Assert.Equal(plain + (long)(plain * 0.1m), Estimate(framework, model, run with { SafetyMargin = 0.1m }).TotalBytes);
    }

    private static TrainingRun Run(PositiveInt tokens, PositiveInt choice)
    {
        var number = choice.Get;
        return new TrainingRun
        {
            SequenceLength = tokens.Get,
            MicroBatchSize = 1 + (number % 3),
            GradientAccumulation = 1 + (number % 2),
            Recompute = Recomputations[number % Recomputations.Length],
            AttentionKernel = AttentionKernel.All[number % AttentionKernel.All.Count],
            LayerKernels = Kernels[number % Kernels.Length],
            LossKernel = Losses[number % Losses.Length],
            Precision = TrainingPrecision.All[number % TrainingPrecision.All.Count],
            Optimizer = Optimizer.All[number % Optimizer.All.Count],
            Sharding = Sharding.All[number % Sharding.All.Count],
            DataParallel = 1 + (number % 4),
        };
    }

    private static AdapterInventory Lora(PositiveInt model, int rank)
    {
        return AdapterBuilder.Build(TrainingModels.Any(model.Get), new AdapterSpecification { Rank = rank, TargetModules = ["all-linear"] });
    }

    private static MemoryEstimate Estimate(PositiveInt framework, PositiveInt model, TrainingRun run)
    {
        return Frameworks[framework.Get % Frameworks.Length].Estimate(TrainingModels.Any(model.Get), run);
    }

    private static void AssertNotLess(PositiveInt framework, PositiveInt model, TrainingRun less, TrainingRun more)
    {
        var (low, high) = (Estimate(framework, model, less), Estimate(framework, model, more));
        Assert.True(low.MaxDeviceBytes <= high.MaxDeviceBytes, $"{high.Model}, {high.Framework}: {low.MaxDeviceBytes} {low.Phase} > {high.MaxDeviceBytes} {high.Phase}");
    }
}
