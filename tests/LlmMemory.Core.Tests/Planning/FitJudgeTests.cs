using System.Linq;
using FsCheck;
using FsCheck.Xunit;
using LlmMemory.Adapters;
using LlmMemory.Errors;
using LlmMemory.Estimation.Cases;
using LlmMemory.Planning;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Serving;
using LlmMemory.Workloads.Training;
using Xunit;

namespace LlmMemory.Core.Tests.Planning;

/// <summary>Verdicts on what takes what it needs.</summary>
public sealed class FitJudgeTests
{
    private const long GiB = PlanningCases.GiB;

    public static TheoryData<string> Kinds => [.. All.Keys];

    private static readonly System.Collections.Generic.Dictionary<string, EstimateCase> All = new()
    {
        ["Generic"] = PlanningCases.Served("Generic", "qwen2.5-0.5b", new InferenceWorkload { ContextLength = 4096, Concurrency = 3 }),
        ["Generic x 2"] = PlanningCases.Served("Generic", "llama-3.2-1b", new InferenceWorkload { ContextLength = 4096, TensorParallel = 2 }),
        ["Transformers"] = PlanningCases.Served("Transformers", "gpt2", new InferenceWorkload { ContextLength = 1000 }),
        ["LlamaCpp"] = PlanningCases.Served("LlamaCpp", "qwen2.5-0.5b", new InferenceWorkload { ContextLength = 2048, Concurrency = 1 }, "Q4_K_M"),
        ["LlamaCpp x 3"] = PlanningCases.Served("LlamaCpp", "llama-3.2-1b", new InferenceWorkload { ContextLength = 2048, GpuCount = 3 }),
        ["Ollama"] = PlanningCases.Served("Ollama", "llama-3.2-1b", new InferenceWorkload { ContextLength = 4096 }, "Q8_0"),
        ["TRL"] = PlanningCases.Trained("TRL", "gpt2", new TrainingRun { SequenceLength = 256 }),
        ["HFTrainer x 4"] = PlanningCases.Trained("HFTrainer", "gpt2", new TrainingRun { SequenceLength = 256, DataParallel = 4, Sharding = Sharding.ZeroThree }),
        ["Megatron"] = PlanningCases.Trained("Megatron", "gpt2", new TrainingRun { SequenceLength = 256, TensorParallel = 2 }),
        ["QLoRA"] = PlanningCases.Adapted("TRL", "qwen2.5-0.5b", new AdapterSpecification { Rank = 8 }, new TrainingRun { SequenceLength = 256 }, "NF4"),
        ["7B"] = PlanningCases.Counted(7_000_000_000),
        ["7B Training"] = PlanningCases.Counted(7_000_000_000, mode: EstimateMode.Training),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_device_of_exactly_the_needed_bytes_fits_and_one_byte_less_does_not(string kind)
    {
        var needed = PlanningCases.Fullest(All[kind]);
        var exact = FitJudge.Judge(All[kind], PlanningCases.Devices(needed, null));
        var less = FitJudge.Judge(All[kind], PlanningCases.Devices(needed - 1, null));

        Assert.True(exact.Fits, exact.Reason);
        Assert.Null(exact.Reason);
        Assert.Equal((needed, needed, 0L), (exact.RequiredBytes, exact.AvailableBytes, exact.HeadroomBytes));
        Assert.False(less.Fits);
        Assert.Equal(-1, less.HeadroomBytes);
        Assert.Contains($"{needed:N0} bytes", less.Reason, System.StringComparison.Ordinal);
        Assert.Contains($"{needed - 1:N0} bytes", less.Reason, System.StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Headroom_is_a_share_of_the_device_or_bytes_to_the_byte(string kind)
    {
        var needed = PlanningCases.Fullest(All[kind]);
        var share = new FitTerms { Headroom = FitHeadroom.Parse("20%") };
        var bytes = new FitTerms { Headroom = FitHeadroom.Parse("2GB") };
        var total = needed + (needed / 4) + 5;

        Assert.Equal(needed + (long)(total * 0.2m) <= total, FitJudge.Judge(All[kind], PlanningCases.Devices(total, null), share).Fits);
        Assert.False(FitJudge.Judge(All[kind], PlanningCases.Devices(needed + (needed / 5), null), share).Fits);
        Assert.True(FitJudge.Judge(All[kind], PlanningCases.Devices(needed + (2 * GiB), null), bytes).Fits);
        var less = FitJudge.Judge(All[kind], PlanningCases.Devices(needed + (2 * GiB) - 1, null), bytes);
        Assert.False(less.Fits);
        Assert.Contains("of which 2 GiB stay free", less.Reason, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_share_is_that_of_all_memory_and_not_of_what_is_free()
    {
        var asked = All["Generic"];
        var needed = PlanningCases.Fullest(asked);
        var terms = new FitTerms { Headroom = FitHeadroom.Parse(0.1) };

        Assert.True(FitJudge.Judge(asked, DevicePool.Of(new DeviceBudget("one", 10 * needed, 2 * needed)), terms).Fits);
        Assert.False(FitJudge.Judge(asked, DevicePool.Of(new DeviceBudget("one", 10 * needed, (2 * needed) - 1)), terms).Fits);
    }

    [Theory]
    [InlineData("10 %")]
    [InlineData("0.1")]
    [InlineData(0.1)]
    public void A_share_is_read_as_people_write_it(object share)
    {
        Assert.Equal(100, FitHeadroom.Parse(share).Of(1000));
    }

    [Theory]
    [InlineData("much")]
    [InlineData("100%")]
    [InlineData("-1%")]
    [InlineData("-0.5")]
    [InlineData(-1)]
    [InlineData("5")]
    [InlineData("")]
    [InlineData("4XB")]
    public void What_is_no_headroom_is_refused_by_name(object headroom)
    {
        var error = Assert.Throws<LlmMemoryException>(() => FitHeadroom.Parse(headroom));

        Assert.Equal(ErrorIds.HeadroomInvalid, error.ErrorId);
        Assert.Contains("10%", error.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Strict_without_a_band_is_an_error_and_not_a_guess()
    {
        var error = Assert.Throws<LlmMemoryException>(
            () => FitJudge.Judge(All["Generic"], PlanningCases.Devices(80 * GiB), new FitTerms { Strict = true }));

        Assert.Equal(ErrorIds.FitBandMissing, error.ErrorId);
        Assert.Contains("-Headroom", error.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void The_fullest_device_is_put_on_the_roomiest()
    {
        var asked = PlanningCases.Served("LlamaCpp", "llama-3.2-1b", new InferenceWorkload { ContextLength = 2048, Concurrency = 1, TensorSplit = [3, 1], GpuCount = 2 });
        var held = asked.Estimate().Devices.Where(device => device.Device != "Host").Select(device => device.Bytes).OrderDescending().ToArray();
        Assert.True(held[0] > held[1]);
        DeviceBudget[] exact = [new("small", held[1]), new("large", held[0])];
        DeviceBudget[] less = [new("small", held[1] - 1), new("large", held[0])];

        var fits = FitJudge.Judge(asked, DevicePool.Of("a machine", exact));
        var lacks = FitJudge.Judge(asked, DevicePool.Of("a machine", less));

        Assert.True(fits.Fits, fits.Reason);
        Assert.Equal(["large", "small"], fits.Devices.Select(device => device.Gpu));
        Assert.Contains("small", lacks.Reason, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_layout_takes_no_more_devices_than_there_are()
    {
        var asked = PlanningCases.Served("Generic", "llama-3.2-1b", new InferenceWorkload { ContextLength = 128, TensorParallel = 4 });

        Assert.True(FitJudge.Judge(asked, PlanningCases.Devices(80 * GiB, 4)).Fits);
        Assert.Equal("It is spread over 4 devices, and there are 2.", FitJudge.Judge(asked, PlanningCases.Devices(80 * GiB, 2)).Reason);
    }

    [Fact]
    public void An_open_pool_has_as_many_devices_as_the_workload_asks_for()
    {
        var asked = PlanningCases.Served("Generic", "llama-3.2-1b", new InferenceWorkload { ContextLength = 128, TensorParallel = 4 });
        var fit = FitJudge.Judge(asked, PlanningCases.Devices(80 * GiB, null));

        Assert.True(fit.Fits);
        Assert.Equal(("4 x device", 4, 4), (fit.Gpu, fit.GpuCount, fit.Devices.Count));
    }

    [Fact]
    public void The_host_is_judged_where_its_memory_is_said()
    {
        var asked = PlanningCases.Served("LlamaCpp", "llama-3.2-1b", new InferenceWorkload { ContextLength = 2048, Concurrency = 1, GpuLayers = 4 });
        var host = asked.Estimate().HostBytes!.Value;
        DevicePool With(long? bytes)
        {
            return DeviceOffer.Pools([DeviceOffer.OfMemory(80 * GiB)], [1], bytes).Single();
        }

        Assert.True(FitJudge.Judge(asked, With(null)).Fits);
        Assert.True(FitJudge.Judge(asked, With(host)).Fits);
        var less = FitJudge.Judge(asked, With(host - (64 << 20)));
        Assert.False(less.Fits);
        Assert.StartsWith("The host needs", less.Reason, System.StringComparison.Ordinal);
        Assert.Equal((host, host - (64 << 20)), (less.HostRequiredBytes, less.HostAvailableBytes));
    }

    [Fact]
    public void A_sum_is_spread_over_unequal_devices_by_their_memory()
    {
        var asked = PlanningCases.Counted(7_000_000_000);
        var pool = DevicePool.Of("a machine", [new DeviceBudget("small", 4 * GiB), new DeviceBudget("large", 12 * GiB)]);
        var fit = FitJudge.Judge(asked, pool);

        Assert.True(fit.Fits);
        Assert.Equal([3_500_000_000, 10_500_000_000], fit.Devices.Select(device => device.RequiredBytes));
        Assert.Contains(fit.Assumptions, sentence => sentence.StartsWith("One sum", System.StringComparison.Ordinal));
    }

    [Fact]
    public void A_device_without_a_free_byte_is_a_verdict_and_no_crash()
    {
        var pool = DevicePool.Of("busy", [new DeviceBudget("one", 80 * GiB, 0), new DeviceBudget("other", 80 * GiB, 0)]);

        Assert.All(All.Values, asked => Assert.False(FitJudge.Judge(asked, pool).Fits));
    }

    [Property(MaxTest = 60)]
    public void Further_devices_never_make_it_not_fit(PositiveInt kind, PositiveInt bytes, PositiveInt further)
    {
        // Of a layout that is said: what nobody says is laid out anew over all devices.
        var asked = All.Values.ElementAt(kind.Get % All.Count);
        var size = (long)(PlanningCases.Fullest(asked) * (0.7 + (bytes.Get % 100 / 100.0)));
        var devices = asked.Estimate().DeviceCount;
        if (asked is ServingCase { Workload: { TensorParallel: null, GpuCount: null } } or TrainingCase { Run: { DataParallel: null, TensorParallel: null } })
        {
            return;
        }

        var few = FitJudge.Judge(asked, PlanningCases.Devices(size, devices));
        var many = FitJudge.Judge(asked, PlanningCases.Devices(size, devices + (further.Get % 8)));

        Assert.True(many.Fits || !few.Fits, many.Reason);
        Assert.True(many.HeadroomBytes >= few.HeadroomBytes);
    }
}
