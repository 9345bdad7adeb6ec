using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Training;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;
using Xunit;

namespace LlmMemory.Core.Tests.Training;

/// <summary>DeepSpeed's buckets, what stage 3 gathers, and what lies in host memory, worked by hand from its source.</summary>
public sealed class ZeroTests
{
    private const long Gpt2 = 124_439_808;

    private static readonly TrainingRun Run = new()
    {
        SequenceLength = 128,
        MicroBatchSize = 1,
        DataParallel = 4,
        Optimizer = Optimizer.AdamWFused,
        Precision = TrainingPrecision.Pure,
    };

    // runtime/zero/config.py: reduce_bucket_size is 5e8, overlap_comm is off below stage 3; stage_1_and_2.py, backward: one
    // buffer of as many values of 16 bits, two with overlap_comm. integrations/deepspeed.py: auto is the hidden size squared.
    [Theory]
    [InlineData(1, null, null, false, 1_000_000_000)]
    [InlineData(2, null, true, false, 2_000_000_000)]
    [InlineData(2, 200_000_000L, true, false, 800_000_000)]
    [InlineData(3, 200_000_000L, true, false, 400_000_000)]
    [InlineData(2, null, null, true, 768 * 768 * 2)]
    public void A_bucket_is_as_large_as_it_is_configured(int stage, long? size, bool? overlaps, bool isAutomatic, long bytes)
    {
        var buffers = new ZeroBuffers { ReduceBucketSize = size, OverlapsCommunication = overlaps, FollowsHiddenSize = isAutomatic };

        Assert.Equal(bytes, Bytes(Estimate("gpt2", Run with { Sharding = Sharding.All.Find($"ZeRO{stage}"), ZeroBuffers = buffers }), "Buckets of ZeRO"));
    }

    [Fact]
    public void Without_contiguous_gradients_there_is_no_bucket()
    {
        var estimate = Estimate("gpt2", Run with { Sharding = Sharding.ZeroTwo, ZeroBuffers = new ZeroBuffers { HasContiguousGradients = false } });

        Assert.DoesNotContain(estimate.Components, component => component.Name == "Buckets of ZeRO");
    }

    // partitioned_param_coordinator.py: what comes again within 1e9 weights is not released. All of GPT-2 does.
    [Fact]
    public void A_small_model_stays_gathered_as_a_whole()
    {
        Assert.Equal(2 * Gpt2, Bytes(Estimate("gpt2", Run with { Sharding = Sharding.ZeroThree }), "Weights that stay gathered"));
    }

    // The head of Llama 3.1 has 525 million weights, so that layers below it are 1e9 weights away from their backward pass:
    // the head, the last normalisation and the layer at work stay.
    [Fact]
    public void A_large_model_keeps_its_head_and_the_layer_at_work()
    {
        var estimate = Estimate("llama-3.1-8b", Run with { Sharding = Sharding.ZeroThree, DataParallel = 8 });

        Assert.Equal(2 * ((128_256L * 4096) + 4096 + 218_112_000), Bytes(estimate, "Weights that stay gathered"));
        Assert.Equal(2 * 218_112_000L, Bytes(estimate, "Gathered layer"));
    }

    // Twice the distance covers two more layers: 525 + 218 million weights lie above the second, 743 + 218 above the third.
    [Fact]
    public void A_longer_distance_keeps_more_layers()
    {
        var buffers = new ZeroBuffers { MaxReuseDistance = 1_900_000_000 };
        var estimate = Estimate("llama-3.1-8b", Run with { Sharding = Sharding.ZeroThree, DataParallel = 8, ZeroBuffers = buffers });

        Assert.Equal(2 * ((128_256L * 4096) + 4096 + (2 * 218_112_000L)), Bytes(estimate, "Weights that stay gathered"));
    }

    // memory.rst: 16 bytes for each weight in host memory, and 2 on each device.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void ZeRO_Offload_leaves_the_weights_on_the_devices(int ranks)
    {
        var estimate = Estimate("gpt2", Run with { Sharding = Sharding.ZeroTwo, Offload = Offload.OptimizerStates, DataParallel = ranks });

        Assert.Equal(16 * Gpt2, estimate.HostBytes);
        Assert.Equal(2 * Gpt2, Bytes(estimate, "Weights"));
        Assert.DoesNotContain(estimate.Components, component => component.Name is "Gradients" or "Optimizer states");
        Assert.Equal(EstimateValidation.Unvalidated, estimate.Validation);
    }

    [Fact]
    public void Stage_1_keeps_its_gradients_on_the_devices()
    {
        var estimate = Estimate("gpt2", Run with { Sharding = Sharding.ZeroOne, Offload = Offload.OptimizerStates });

        Assert.Equal(2 * Gpt2, Bytes(estimate, "Gradients"));
    }

    [Fact]
    public void Offloaded_weights_are_gathered_on_one_rank_too()
    {
        var estimate = Estimate("gpt2", Run with { Sharding = Sharding.ZeroThree, Offload = Offload.Weights, DataParallel = 1 });

        Assert.Equal(18 * Gpt2, estimate.HostBytes);
        Assert.Equal(2 * Gpt2, Bytes(estimate, "Weights that stay gathered"));
        Assert.DoesNotContain(estimate.Components, component => component.Name == "Weights");
    }

    // 4 bytes of weights, 4 of gradients and 8 of moments: accelerate upcasts what FSDP trains.
    [Fact]
    public void FSDP_offloads_everything_but_what_is_gathered()
    {
        var estimate = Estimate("gpt2", Run with { Sharding = Sharding.FullShard, Offload = Offload.Weights, Precision = TrainingPrecision.Mixed });

        Assert.Equal(16 * Gpt2, estimate.HostBytes);
        Assert.True(estimate.MaxDeviceBytes < 2 * Gpt2);
    }

    [Theory]
    [InlineData("DDP", "OptimizerStates", "ZeRO2")]
    [InlineData("FSDP", "OptimizerStates", "ZeRO2")]
    [InlineData("ZeRO2", "Weights", "ZeRO3 or FSDP")]
    public void An_offload_that_the_sharding_does_not_have_is_refused(string sharding, string offload, string good)
    {
        var error = Assert.Throws<LlmMemoryException>(() => Estimate("gpt2", Run with { Sharding = Sharding.All.Find(sharding), Offload = Offload.All.Find(offload) }));

        Assert.Equal((ErrorIds.TrainingSettingInvalid, offload), (error.ErrorId, error.Value));
        Assert.Contains($"-Sharding {good}", error.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_margin_is_on_the_devices_alone()
    {
        var run = Run with { Sharding = Sharding.ZeroTwo, Offload = Offload.OptimizerStates };
        var (plain, wide) = (Estimate("gpt2", run), Estimate("gpt2", run with { SafetyMargin = 0.5m }));

        Assert.Equal(plain.HostBytes, wide.HostBytes);
        Assert.Equal(plain.MaxDeviceBytes * 3 / 2, wide.MaxDeviceBytes);
    }

    private static MemoryEstimate Estimate(string model, TrainingRun run)
    {
        return TrainingFrameworks.HuggingFaceTrainer.Estimate(TrainingModels.Named(model), run);
    }

    private static long Bytes(MemoryEstimate estimate, string component)
    {
        return estimate.Components.First(each => each.Name == component).Bytes;
    }
}
