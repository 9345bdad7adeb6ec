using System;
using System.Linq;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Serving;

/// <summary>vLLM in other versions than 0.19, and starts that failed (Data/vllm-other-runs.csv).</summary>
public sealed class VllmOtherVersionsTests
{
    private static readonly VllmOtherRun[] Runs = VllmOtherRun.ReadAll();

    [Fact]
    public void Weights_and_activations_are_those_of_the_log()
    {
        foreach (var run in Runs.Where(run => run.Starts))
        {
            AssertShare(run, run.WeightsGiB, run.GiB("Weights", "Rotary cache", "MXFP4 layout"), 0.01);
            AssertNear(run, run.ActivationGiB, run.GiB("Activations"), 0.05);
        }
    }

    [Fact]
    public void The_cache_comes_out_from_the_settings()
    {
        foreach (var run in Runs.Where(run => run.CacheGiB is not null))
        {
            AssertNear(run, run.CacheGiB, run.Estimate().Capacity!.CacheGiB, 0.12);
        }
    }

    [Fact]
    public void What_failed_comes_out_as_failing()
    {
        foreach (var run in Runs)
        {
            Assert.True(run.Starts == run.Estimate().Capacity!.Starts, $"{run.Name}: {run.Estimate().Capacity}");
        }
    }

    // vllm/v1/worker/gpu_worker.py (init_device): what is asked for has to be free, and CUDA's context is not.
    [Theory]
    [InlineData(0.99, true)]
    [InlineData(1.0, false)]
    public void A_share_that_is_not_free_is_refused(double share, bool starts)
    {
        var workload = new InferenceWorkload { ContextLength = 8192, DeviceMemory = 80L << 30, GpuMemoryUtilization = (decimal)share };

        var capacity = EngineModels.Of("vLLM", "llama-3.1-8b").Estimate(workload).Capacity!;

        Assert.Equal(starts, capacity.Starts);
        if (!starts)
        {
            Assert.EndsWith("-GpuMemoryUtilization 0.99.", capacity.Refusal, StringComparison.Ordinal);
        }
    }

    private static void AssertShare(VllmOtherRun run, double? measured, double estimated, double share)
    {
        Assert.True(measured is null || Math.Abs((estimated / measured.Value) - 1) <= share, $"{run.Name}: {estimated:0.000} instead of {measured}");
    }

    private static void AssertNear(VllmOtherRun run, double? measured, double estimated, double distance)
    {
        Assert.True(measured is null || Math.Abs(estimated - measured.Value) <= distance, $"{run.Name}: {estimated:0.000} instead of {measured}");
    }
}
