using LlmMemory.Planning;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Planning;

/// <summary>Verdicts on engines that fill their devices with a cache.</summary>
public sealed class FilledDeviceTests
{
    private const long GiB = PlanningCases.GiB;

    [Theory]
    [InlineData("vLLM")]
    [InlineData("SGLang")]
    [InlineData("TensorRT-LLM")]
    public void The_verdict_is_the_engines_own_answer_to_its_device(string engine)
    {
        foreach (var gib in new[] { 8, 14, 15, 16, 17, 18, 19, 20, 22, 24, 40, 80 })
        {
            foreach (var requests in new[] { 1, 4, 16, 64 })
            {
                var asked = PlanningCases.Served(engine, "llama-3.1-8b", new InferenceWorkload { ContextLength = 4096, Concurrency = requests });
                var capacity = PlanningCases.Served(engine, "llama-3.1-8b", asked.Workload with { DeviceMemory = gib * GiB }).Estimate().Capacity!;
                var fit = FitJudge.Judge(asked, PlanningCases.Devices(gib * GiB));

                Assert.Equal(capacity.Starts && capacity.WorkloadConcurrency >= requests, fit.Fits);
                Assert.Equal(capacity.WorkloadConcurrency, fit.MaxConcurrency);
            }
        }
    }

    [Fact]
    public void vLLM_does_not_start_where_less_is_free_than_its_share()
    {
        var asked = PlanningCases.Served("vLLM", "qwen2.5-0.5b", new InferenceWorkload { ContextLength = 4096, GpuMemoryUtilization = 0.5m });
        var enough = FitJudge.Judge(asked, DevicePool.Of(new DeviceBudget("busy", 80 * GiB, 40 * GiB)));
        var less = FitJudge.Judge(asked, DevicePool.Of(new DeviceBudget("busy", 80 * GiB, (40 * GiB) - 1)));

        Assert.True(enough.Fits, enough.Reason);
        Assert.False(less.Fits);
        Assert.StartsWith("vLLM takes 40 GiB of each device at its start (-GpuMemoryUtilization)", less.Reason, System.StringComparison.Ordinal);
    }

    [Fact]
    public void SGLang_takes_a_share_of_what_is_free()
    {
        var asked = PlanningCases.Served("SGLang", "qwen2.5-0.5b", new InferenceWorkload { ContextLength = 4096 });
        var half = FitJudge.Judge(asked, DevicePool.Of(new DeviceBudget("busy", 80 * GiB, 40 * GiB)));
        var whole = FitJudge.Judge(asked, DevicePool.Of(new DeviceBudget("idle", 40 * GiB)));

        Assert.True(half.Fits, half.Reason);
        Assert.Equal(whole.MaxConcurrency, half.MaxConcurrency);
    }

    [Fact]
    public void The_narrowest_device_decides()
    {
        var asked = PlanningCases.Served("vLLM", "llama-3.1-8b", new InferenceWorkload { ContextLength = 8192, TensorParallel = 2, Concurrency = 8 });
        var unequal = FitJudge.Judge(asked, DevicePool.Of("a machine", [new DeviceBudget("large", 80 * GiB), new DeviceBudget("small", 16 * GiB)]));
        var small = FitJudge.Judge(asked, PlanningCases.Devices(16 * GiB, 2));

        Assert.Equal((small.Fits, small.MaxConcurrency), (unequal.Fits, unequal.MaxConcurrency));
    }

    [Fact]
    public void Too_few_requests_are_said_with_both_counts()
    {
        var asked = PlanningCases.Served("vLLM", "llama-3.1-8b", new InferenceWorkload { ContextLength = 8192, Concurrency = 500 });
        var fit = FitJudge.Judge(asked, PlanningCases.Gpus("RTX 4090"));

        Assert.False(fit.Fits);
        Assert.Equal($"{fit.MaxConcurrency} of 500 requests run at once.", fit.Reason);
        Assert.True(FitJudge.Judge(PlanningCases.Served("vLLM", "llama-3.1-8b", asked.Workload with { Concurrency = fit.MaxConcurrency }), PlanningCases.Gpus("RTX 4090")).Fits);
    }

    [Fact]
    public void Headroom_is_left_of_the_cache()
    {
        var asked = PlanningCases.Served("vLLM", "llama-3.1-8b", new InferenceWorkload { ContextLength = 8192, Concurrency = 4 });
        var plain = FitJudge.Judge(asked, PlanningCases.Gpus("RTX 4090"));
        Assert.True(plain.Fits);
        Assert.True(plain.HeadroomBytes > 0);

        bool Leaves(long bytes)
        {
            return FitJudge.Judge(asked, PlanningCases.Gpus("RTX 4090"), new FitTerms { Headroom = FitHeadroom.Parse(bytes) }).Fits;
        }

        Assert.True(Leaves(plain.HeadroomBytes!.Value));
        Assert.False(Leaves(plain.HeadroomBytes!.Value + 1));
    }

    [Fact]
    public void Strict_takes_the_high_end_of_the_band()
    {
        var asked = PlanningCases.Served("vLLM", "llama-3.1-8b", new InferenceWorkload { ContextLength = 8192, Concurrency = 1 });
        var between = 0;
        for (var bytes = 16 * GiB; bytes < 30 * GiB; bytes += 64L << 20)
        {
            var plain = FitJudge.Judge(asked, PlanningCases.Devices(bytes));
            var strict = FitJudge.Judge(asked, PlanningCases.Devices(bytes), new FitTerms { Strict = true });

            Assert.True(plain.HeadroomAtHighBytes < plain.HeadroomBytes && plain.HeadroomBytes < plain.HeadroomAtLowBytes);
            Assert.Equal(plain.Fits && plain.HeadroomAtHighBytes >= 0, strict.Fits);
            if (plain.Fits && !strict.Fits)
            {
                between++;
                Assert.Contains("by the high end of its band", strict.Reason, System.StringComparison.Ordinal);
            }
        }

        Assert.True(between > 0);
    }

    [Fact]
    public void A_layout_is_chosen_for_the_devices_of_a_machine_and_said()
    {
        var asked = PlanningCases.Served("vLLM", "gpt2", new InferenceWorkload { ContextLength = 512 });
        var four = FitJudge.Judge(asked, PlanningCases.Devices(8 * GiB, 4));
        var five = FitJudge.Judge(asked, PlanningCases.Devices(8 * GiB, 5));

        Assert.StartsWith("4 rank(s) x 1 stage(s)", four.Assumptions[0], System.StringComparison.Ordinal);
        Assert.StartsWith("1 rank(s) x 5 stage(s)", five.Assumptions[0], System.StringComparison.Ordinal);
    }
}
