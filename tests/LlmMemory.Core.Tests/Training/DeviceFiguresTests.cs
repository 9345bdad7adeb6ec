using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Training;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;
using Xunit;

namespace LlmMemory.Core.Tests.Training;

/// <summary>Reserved memory and what nvidia-smi shows, against IBM's runs.</summary>
public sealed class DeviceFiguresTests
{
    private static readonly TrainingRun Measured = new()
    {
        Recompute = Recomputation.Full,
        AttentionKernel = AttentionKernel.Flash,
        SequenceLength = 4096,
        MicroBatchSize = 4,
        Sharding = Sharding.FullShard,
        DataParallel = 2,
    };

    private static readonly Lazy<List<DeviceRunRow>> Rows = new(() =>
    [
        .. DeviceRunRow.ReadAll(TrainingRunRow.ReadAll().Where(row => row.Set.StartsWith("IBM A100", StringComparison.Ordinal))).Where(row => row.HasRoom),
    ]);

    public static TheoryData<string> UnmeasuredWays => [.. Unmeasured.Keys];

    private static Dictionary<string, TrainingRun> Unmeasured { get; } = new()
    {
        ["all weights on one GPU"] = Measured with { DataParallel = 1 },
        ["no recomputation"] = Measured with { Recompute = Recomputation.None },
        ["recomputation of attention"] = Measured with { Recompute = Recomputation.Selective },
        ["inputs of layers on the host"] = Measured with { Recompute = Recomputation.Offloaded },
        ["scores that are written out"] = Measured with { AttentionKernel = AttentionKernel.Eager },
        ["another optimizer"] = Measured with { Optimizer = Optimizer.AdamWFused },
        ["steps in the backward pass"] = Measured with { OptimizerInBackward = true },
        ["offload"] = Measured with { Offload = Offload.Weights },
        ["DDP"] = Measured with { Sharding = Sharding.None },
        ["ZeRO-3"] = Measured with { Sharding = Sharding.ZeroThree },
        ["more ranks than were measured"] = Measured with { DataParallel = 8 },
        ["a loss in chunks"] = Measured with { LossKernel = LossKernel.Chunked },
        ["cut cross entropy"] = Measured with { LossKernel = LossKernel.Cut },
    };

    [Theory]
    [InlineData("one GPU, adapters, whole logits")]
    [InlineData("one GPU, adapters, head and loss together")]
    [InlineData("FSDP, adapters")]
    [InlineData("FSDP, full")]
    public void A_share_is_the_median_of_one_family_and_its_band_the_range_of_the_others(string way)
    {
        var rows = Rows.Value.Where(row => row.Way == way).ToList();
        var chosen = rows.Where(row => row.IsChosenOn).Select(row => row.Share).Order().ToList();
        var others = rows.Where(row => !row.IsChosenOn).Select(row => row.Share).Order().ToList();
        var estimate = rows[0].Estimate;
        double Of(long? bytes) => bytes!.Value / (double)estimate.MaxDeviceBytes;

        Assert.Equal((chosen[(chosen.Count - 1) / 2] + chosen[chosen.Count / 2]) / 2, Of(estimate.ReservedBytes), 0.0006);
        Assert.Equal(others[0], Of(estimate.ReservedLowBytes), 0.0006);
        Assert.Equal(Math.Max(others[^1], Of(estimate.ReservedBytes)), Of(estimate.ReservedHighBytes), 0.0006);
    }

    [Fact]
    public void Families_that_no_share_came_from_are_met()
    {
        var errors = Rows.Value.Where(row => !row.IsChosenOn).Select(row => Math.Abs(row.Error)).Order().ToList();

        Assert.True(errors.Count >= 60);
        Assert.True(errors[errors.Count / 2] <= 0.06, $"median {errors[errors.Count / 2]:P1}");
        Assert.True(errors[^1] <= 0.30, $"worst {errors[^1]:P1}");
    }

    [Theory]
    [MemberData(nameof(UnmeasuredWays))]
    public void Nothing_is_guessed_for(string way)
    {
        var estimate = Estimate(TrainingFrameworks.HuggingFaceTrainer, Unmeasured[way]);

        Assert.Null(estimate.ReservedBytes);
        Assert.Null(estimate.DeviceUsedBytes);
        Assert.Null(estimate.DeviceUsedHighBytes);
    }

    [Fact]
    public void A_framework_that_was_not_measured_has_no_such_figures()
    {
        Assert.Null(Estimate(TrainingFrameworks.TorchTune, Measured).DeviceUsedBytes);
        Assert.Null(Estimate(TrainingFrameworks.OwnLoop, Measured).DeviceUsedBytes);
        Assert.Null(Estimate(TrainingFrameworks.Megatron, new TrainingRun()).DeviceUsedBytes);
    }

    [Fact]
    public void The_three_figures_are_in_order()
    {
        var estimate = Estimate(TrainingFrameworks.HuggingFaceTrainer, Measured with { DataParallel = 4 });

        Assert.True(estimate.MaxDeviceBytes < estimate.ReservedLowBytes);
        Assert.True(estimate.ReservedLowBytes < estimate.ReservedBytes);
        Assert.True(estimate.ReservedBytes < estimate.ReservedHighBytes);
        Assert.Equal(2L << 30, estimate.DeviceUsedBytes - estimate.ReservedBytes);
        Assert.Equal(2L << 30, estimate.DeviceUsedLowBytes - estimate.ReservedLowBytes);
        Assert.Equal(2L << 30, estimate.DeviceUsedHighBytes - estimate.ReservedHighBytes);
    }

    [Fact]
    public void A_margin_for_safety_is_not_reserved()
    {
        var plain = Estimate(TrainingFrameworks.HuggingFaceTrainer, Measured);
        var safe = Estimate(TrainingFrameworks.HuggingFaceTrainer, Measured with { SafetyMargin = 0.2m });

        Assert.True(safe.MaxDeviceBytes > plain.MaxDeviceBytes);
        Assert.Equal(plain.ReservedBytes, safe.ReservedBytes);
    }

    private static MemoryEstimate Estimate(TrainingFramework framework, TrainingRun run)
    {
        return framework.Estimate(ModelReader.FromCatalogue(ModelCatalogue.All.Find("llama-3.2-1b")), run);
    }
}
