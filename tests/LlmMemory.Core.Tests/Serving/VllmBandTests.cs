using System;
using System.Globalization;
using System.Linq;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Serving;
using LlmMemory.Quantization;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Serving;

/// <summary>
/// The band of vLLM 0.19: the range of measured over estimated on the runs of families that no coefficient came from
/// (Data/vllm-0.19-runs.csv), the cache and CUDA's context aside.
/// </summary>
public sealed class VllmBandTests
{
    private static readonly InferenceWorkload Plain = new() { ContextLength = 8192 };

    [Fact]
    public void The_band_is_the_range_of_the_runs_kept_back()
    {
        var runs = VllmRun.ReadAll().Where(run => run.CatalogueName.Length > 0 && run.IsHeldOut).ToList();
        var shares = runs.Select(run => run.MeasuredGiB / run.EstimatedGiB()).ToList();
        var estimate = EngineModels.Of("vLLM", "llama-3.1-8b").Estimate(Plain);
        var judged = estimate.TotalBytes - estimate.KvCacheBytes - estimate.Components.Single(part => part.Name == "CUDA context").Bytes;

        // Rounded outwards to a thousandth.
        Assert.Equal(Math.Floor(1000 * shares.Min()) / 1000, 1 + ((double)(estimate.LowBytes! - estimate.TotalBytes) / judged!.Value), 6);
        Assert.Equal(Math.Ceiling(1000 * shares.Max()) / 1000, 1 + ((double)(estimate.HighBytes! - estimate.TotalBytes) / judged.Value), 6);
        Assert.Contains(
            string.Format(CultureInfo.InvariantCulture, "the range of {0} runs on H100 of {1} model families", runs.Count, runs.Select(run => run.Family).Distinct().Count()),
            estimate.Assumptions[^1],
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_band_is_there_for_what_was_measured()
    {
        var estimate = EngineModels.Of("vLLM", "llama-3.1-8b").Estimate(Plain);

        Assert.Equal(EstimateValidation.HeldOut, estimate.Validation);
        Assert.True(estimate.LowBytes < estimate.TotalBytes && estimate.TotalBytes < estimate.HighBytes);
    }

    [Fact]
    public void It_does_not_widen_with_the_cache()
    {
        var prepared = EngineModels.Of("vLLM", "llama-3.1-8b");
        var one = prepared.Estimate(Plain);
        var many = prepared.Estimate(Plain with { Concurrency = 64 });

        Assert.Equal(one.HighBytes - one.LowBytes, many.HighBytes - many.LowBytes);
    }

    public static TheoryData<string, InferenceWorkload, string?, string> Unmeasured => new()
    {
        { "llama-3.1-8b", Plain with { DeviceMemory = 80L << 30 }, null, "a filled device" },
        { "llama-3.1-8b", Plain with { TensorParallel = 8 }, null, "up to 4 ranks" },
        { "llama-3.1-8b", Plain with { PipelineParallel = 2 }, null, "one stage" },
        { "llama-3.1-8b", Plain with { DataParallel = 2 }, null, "one stage" },
        { "llama-3.1-8b", Plain with { LoraSlots = 2 }, null, "adapters" },
        { "llama-3.1-8b", Plain with { EnforceEager = true }, null, "CUDA graphs" },
        { "llama-3.1-8b", Plain with { MaxSequences = 64 }, null, "-MaxSequences" },
        { "llama-3.1-8b", Plain, "0.11", "vLLM 0.11" },
        { "llama-3.1-8b", Plain, "0.21", "vLLM 0.21" },
        { "nemotron-h-8b", Plain, null, "with states" },
        { "gpt-oss-20b-a3.6b", Plain, null, "MXFP4" },
    };

    [Theory]
    [MemberData(nameof(Unmeasured))]
    public void Where_nothing_was_measured_there_is_none_and_it_says_why(string model, InferenceWorkload workload, string? version, string reason)
    {
        var read = EngineModels.Read(model);
        var stored = reason == "MXFP4" ? WeightFormats.SchemeOf(WeightFormats.All.Find(reason)).Quantize(read) : read;
        var estimate = ServingEngines.All.Find("vLLM").Estimate(stored, workload, version);

        Assert.Equal(EstimateValidation.Unvalidated, estimate.Validation);
        Assert.Null(estimate.LowBytes);
        Assert.Null(estimate.HighBytes);
        Assert.StartsWith("No band: ", estimate.Assumptions[^1], StringComparison.Ordinal);
        Assert.Contains(reason, estimate.Assumptions[^1], StringComparison.Ordinal);
    }
}
