using System;
using System.Linq;
using LlmMemory.Core.Tests.Comparison;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Calibration;
using LlmMemory.Estimation.Comparison;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Calibrations;

public sealed class CalibratedEstimateTests : IDisposable
{
    private static readonly string[] Calibrated = ["Activations", "Outside PyTorch", "CUDA graphs"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Fact]
    public void A_calibrated_estimate_is_the_log_that_it_came_from()
    {
        var rows = MemoryComparison.Compare(MeasuredRun.Estimate(MeasuredRun.Saved(_folder)), MeasuredRun.Log());

        Assert.All(Calibrated, name => Assert.Equal(0, rows.Single(row => row.Name == name).DifferenceBytes));
    }

    [Fact]
    public void What_is_counted_stays_and_the_cache_takes_what_is_left()
    {
        var (plain, calibrated) = (MeasuredRun.Estimate(), MeasuredRun.Estimate(MeasuredRun.Saved(_folder)));
        Assert.All(
            plain.Components.Where(component => !Calibrated.Contains(component.Name) && component.Name != "KV cache"),
            component => Assert.Equal(component.Bytes, Bytes(calibrated, component.Name)));

        // CUDA graphs lie outside of the budget of 0.19.
        var inside = Bytes(calibrated, "Activations") - Bytes(plain, "Activations") + Bytes(calibrated, "Outside PyTorch") - Bytes(plain, "Outside PyTorch");
        Assert.NotEqual(0, inside);
        Assert.Equal(plain.Capacity!.CacheBytes - inside, calibrated.Capacity!.CacheBytes);
        Assert.Equal(calibrated.Capacity.Blocks * (plain.Components.Single(component => component.Name == "KV cache").Bytes / plain.Capacity.Blocks), Bytes(calibrated, "KV cache"));
    }

    [Fact]
    public void The_estimate_says_what_it_was_calibrated_by()
    {
        var profile = MeasuredRun.Saved(_folder);
        var estimate = MeasuredRun.Estimate(profile);

        Assert.Equal((EstimateValidation.Calibrated, profile.Name), (estimate.Validation, estimate.Calibration));
        Assert.Contains(estimate.Assumptions, text => text.Contains("h100.json", StringComparison.Ordinal)
            && text.Contains("vLLM 0.19 on devices of 79.19 GiB", StringComparison.Ordinal)
            && text.Contains("0 day(s) ago", StringComparison.Ordinal)
            && text.Contains("vllm.log (llama-3.1-8b)", StringComparison.Ordinal));
        Assert.Contains("CUDA graphs calibrated: -0.137 GB, of 1 log.", estimate.Assumptions);
        Assert.All(estimate.Components, component =>
            Assert.Equal(Calibrated.Contains(component.Name), component.Source.Contains("calibrated by", StringComparison.Ordinal)));
        Assert.All(MeasuredRun.Estimate().Assumptions, text => Assert.DoesNotContain("alibrated", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Activations_scale_with_the_batch_and_graphs_do_not()
    {
        var profile = MeasuredRun.Saved(_folder);
        var small = MeasuredRun.Workload with { MaxSequences = 512 };
        var (plain, calibrated) = (Logs.Vllm(small), Logs.Vllm(small with { Calibration = profile }));

        Assert.Equal(1.92 * MeasuredRun.GiB / Bytes(MeasuredRun.Estimate(), "Activations"), Bytes(calibrated, "Activations") / (double)Bytes(plain, "Activations"), 6);
        Assert.Equal(Bytes(MeasuredRun.Estimate(profile), "CUDA graphs"), Bytes(calibrated, "CUDA graphs"));
    }

    [Fact]
    public void Several_logs_give_the_median_and_their_range_is_the_band()
    {
        var workload = MeasuredRun.Workload with { DeviceMemory = null };
        var plain = Logs.Vllm(workload);
        var profile = new[] { "0.80", "0.95", "0.85" }
            .Select((graphs, i) => EngineCalibration.Of(plain, MeasuredRun.Log($"{i}.log", MeasuredRun.Lines(graphs: graphs))))
            .Aggregate((all, one) => all.With(one));
        var estimate = Logs.Vllm(workload with { Calibration = MeasuredRun.Saved(_folder, profile) });

        Assert.Equal(3, profile.Logs.Count);
        Assert.Equal(0.85 * MeasuredRun.GiB, Bytes(estimate, "CUDA graphs"), 1.0);
        Assert.Equal(-0.05 * MeasuredRun.GiB, estimate.LowBytes!.Value - (double)estimate.TotalBytes, 2.0);
        Assert.Equal(0.10 * MeasuredRun.GiB, estimate.HighBytes!.Value - (double)estimate.TotalBytes, 2.0);
        Assert.Contains(estimate.Assumptions, text => text.Contains("LowBytes", StringComparison.Ordinal));

        // The cache of a filled device takes up what the rest is wrong by.
        var filled = Logs.Vllm(MeasuredRun.Workload with { Calibration = MeasuredRun.Saved(_folder, profile) });
        Assert.Null(filled.LowBytes);
        Assert.DoesNotContain(filled.Assumptions, text => text.Contains("LowBytes", StringComparison.Ordinal));
    }

    [Fact]
    public void A_log_that_is_added_twice_counts_once()
    {
        var one = EngineCalibration.Of(MeasuredRun.Estimate(), MeasuredRun.Log());

        Assert.Single(one.With(EngineCalibration.Of(MeasuredRun.Estimate(), MeasuredRun.Log())).Logs);
        Assert.Equal(2, one.With(EngineCalibration.Of(MeasuredRun.Estimate(), MeasuredRun.Log("second.log"))).Logs.Count);
    }

    [Fact]
    public void What_lies_outside_of_pytorch_holds_for_as_many_ranks_only()
    {
        var split = MeasuredRun.Workload with { TensorParallel = 2 };
        var estimate = Logs.Vllm(split with { Calibration = MeasuredRun.Saved(_folder) });

        Assert.Equal(Bytes(Logs.Vllm(split), "Outside PyTorch"), Bytes(estimate, "Outside PyTorch"));
        Assert.Contains("Outside PyTorch not calibrated: no log of the calibration has it for 2 rank(s) and 1 stage(s).", estimate.Assumptions);
    }

    [Fact]
    public void Of_several_ranks_the_fullest_counts()
    {
        string[] lines =
        [
            "(Worker_TP0 pid=230) INFO torch peak memory increase: 1.80GiB; non-torch forward increase memory: 2.00GiB; weights memory: 7.51GiB.",
            "(Worker_TP1 pid=231) INFO torch peak memory increase: 1.95GiB; non-torch forward increase memory: 1.90GiB; weights memory: 7.51GiB.",
        ];
        var split = MeasuredRun.Workload with { TensorParallel = 2 };
        var log = EngineCalibration.Of(Logs.Vllm(split), EngineLog.FromLines(lines, "ranks.log")).Logs.Single();

        Assert.Equal((2, 1), (log.TensorParallel, log.PipelineParallel));
        Assert.Equal([1.95, 2.00], log.Figures.Select(figure => Math.Round(figure.MeasuredBytes / (double)MeasuredRun.GiB, 2)));
        var estimate = Logs.Vllm(split with { Calibration = MeasuredRun.Saved(_folder, EngineCalibration.Of(Logs.Vllm(split), EngineLog.FromLines(lines, "ranks.log"))) });
        Assert.All(
            estimate.Components.Where(component => component.Name == "Activations"),
            component => Assert.Equal(1.95 * MeasuredRun.GiB, component.Bytes, 1.0));
    }

    [Fact]
    public void Without_graphs_there_are_none_to_calibrate()
    {
        var estimate = Logs.Vllm(MeasuredRun.Workload with { EnforceEager = true, Calibration = MeasuredRun.Saved(_folder) });

        Assert.DoesNotContain(estimate.Components, component => component.Name == "CUDA graphs");
    }

    [Fact]
    public void Graphs_of_sglang_are_calibrated_and_its_pools_stay()
    {
        string[] lines = ["[2025-03-25 16:37:06 TP0] Load weight end. type=LlamaForCausalLM, avail mem=63.48 GB, mem usage=14.98 GB.", "[2025-03-25 16:37:16 TP0] Capture cuda graph end. Time elapsed: 9.1 s. mem usage=1.25 GB. avail mem=6.1 GB."];
        var engine = Estimation.Serving.ServingEngines.All.Find("SGLang");
        var plain = engine.Estimate(Logs.Llama(), MeasuredRun.Workload);
        var profile = MeasuredRun.Saved(_folder, EngineCalibration.Of(plain, EngineLog.FromLines(lines, "sglang.log")));
        var estimate = engine.Estimate(Logs.Llama(), MeasuredRun.Workload with { Calibration = profile });

        Assert.Equal((5 * MeasuredRun.GiB / 4, EstimateValidation.Calibrated), (Bytes(estimate, "CUDA graphs"), estimate.Validation));
        Assert.Equal(plain.Capacity!.Tokens, estimate.Capacity!.Tokens);
    }

    [Theory]
    [InlineData("SGLang", null, 79, "-Engine vLLM")]
    [InlineData("LlamaCpp", null, 79, "-Engine vLLM")]
    [InlineData("Generic", null, 79, "-Engine vLLM")]
    [InlineData("vLLM", "0.21", 79, "-EngineVersion 0.19")]
    [InlineData("vLLM", "0.18", 79, "-EngineVersion 0.19")]
    [InlineData("vLLM", null, 141, "141 GiB")]
    public void A_calibration_of_something_else_is_refused(string engine, string? version, int gib, string shows)
    {
        var workload = new InferenceWorkload { DeviceMemory = gib * MeasuredRun.GiB, Calibration = MeasuredRun.Saved(_folder) };
        var error = Assert.Throws<LlmMemoryException>(() => Estimation.Serving.ServingEngines.All.FirstOrDefault(known => known.Name == engine)!.Estimate(Logs.Llama(), workload, version));

        Assert.Equal(ErrorIds.CalibrationMismatch, error.ErrorId);
        Assert.Contains(shows, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Model loading took 27.51 GiB and 18.2 seconds", "-DataType")]
    [InlineData("Available KV cache memory: 53.89 GiB", "VLLM_LOGGING_LEVEL")]
    [InlineData("torch peak memory increase: 1.92GiB; max_num_seqs=256", "MaxSequences is 256")]
    [InlineData("LLM engine (v0.11.2) with config: torch peak memory increase: 1.92GiB", "-EngineVersion 0.11")]
    [InlineData("llama_kv_cache:      CUDA0 KV buffer size =   512.00 MiB", "counted")]
    public void A_log_that_is_not_of_the_run_gives_no_calibration(string line, string shows)
    {
        var log = EngineLog.FromLines([line], "other.log");
        var estimate = log.Engine == "vLLM" ? MeasuredRun.Estimate() : Logs.LlamaCpp(new InferenceWorkload());
        var error = Assert.Throws<LlmMemoryException>(() => EngineCalibration.Of(estimate, log));

        Assert.Equal(ErrorIds.CalibrationUnfit, error.ErrorId);
        Assert.Contains(shows, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_calibrated_estimate_is_not_calibrated_again()
    {
        var unsaved = EngineCalibration.Of(MeasuredRun.Estimate(), MeasuredRun.Log());
        Assert.All(new[] { unsaved, MeasuredRun.Saved(_folder, unsaved) }, profile =>
        {
            var estimate = MeasuredRun.Estimate(profile);
            Assert.Equal(ErrorIds.CalibrationUnfit, Assert.Throws<LlmMemoryException>(() => EngineCalibration.Of(estimate, MeasuredRun.Log())).ErrorId);
        });
    }

    [Fact]
    public void Logs_of_two_devices_are_not_one_calibration()
    {
        var first = EngineCalibration.Of(MeasuredRun.Estimate(), MeasuredRun.Log());
        var second = EngineCalibration.Of(Logs.Vllm(MeasuredRun.Workload with { DeviceMemory = 141 * MeasuredRun.GiB }), MeasuredRun.Log());

        Assert.Equal(ErrorIds.CalibrationMismatch, Assert.Throws<LlmMemoryException>(() => first.With(second)).ErrorId);
    }

    private static long Bytes(MemoryEstimate estimate, string component)
    {
        return estimate.Components.First(candidate => candidate.Name == component).Bytes;
    }
}
