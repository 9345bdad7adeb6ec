using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Xunit;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Comparison;
using LlmMemory.Estimation.RuleOfThumb;
using LlmMemory.Estimation.Serving;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Comparison;

public sealed class ComparisonTests
{
    private const long GiB = 1L << 30;

    private static readonly InferenceWorkload Tp2 = new() { ContextLength = 8192, TensorParallel = 2, DeviceMemory = 80 * GiB };

    [Fact]
    public void A_line_of_a_log_stands_beside_the_components_that_it_is_the_sum_of()
    {
        var estimate = Logs.Vllm(Tp2);
        var weights = MemoryComparison.Compare(estimate, Logs.Carried("vllm-tp2.log"))[0];

        Assert.Equal(("Weights", "Device 0", 6), (weights.Name, weights.Device, weights.LogLine));
        Assert.Equal(SumOf(estimate, "Device 0", "Weights", "Rotary cache"), weights.EstimatedBytes);
        Assert.Equal((long)decimal.Round(7.5101m * GiB), weights.MeasuredBytes);
        Assert.Equal(weights.EstimatedBytes - weights.MeasuredBytes, weights.DifferenceBytes);
        Assert.Equal(100.0 * weights.DifferenceBytes!.Value / weights.MeasuredBytes!.Value, weights.PercentDifference!.Value, 9);
    }

    [Fact]
    public void Each_rank_is_a_device_and_what_only_one_side_has_is_said()
    {
        var rows = MemoryComparison.Compare(Logs.Vllm(Tp2), Logs.Carried("vllm-tp2.log"));

        Assert.Equal(["Device 0", "Device 1"], rows.Where(row => row.Name == "KV cache").Select(row => row.Device));
        var context = rows.Single(row => row is { Name: "CUDA context", Device: "Device 1" });
        Assert.Null(context.MeasuredBytes);
        Assert.Null(context.LogLine);
        Assert.Equal("The log does not print it.", context.Explanation);
        var tokens = rows.Single(row => row.Name == "KV cache tokens");
        Assert.Equal(("All", "tokens", 979_424d), (tokens.Device, tokens.Unit, tokens.MeasuredCount));
        Assert.Null(tokens.MeasuredBytes);
    }

    // A device of 80 GiB where the log's has 79.19 GiB: nine tenths of the difference is missing from the cache.
    [Fact]
    public void The_cache_of_vLLM_is_explained_by_what_stands_before_it()
    {
        var rows = MemoryComparison.Compare(Logs.Vllm(new InferenceWorkload { DeviceMemory = 80 * GiB }), Logs.Carried("vllm-v0.log"));
        var cache = rows.Single(row => row.Name == "KV cache");

        string[] before = ["Weights", "Activations", "Outside PyTorch"];
        Assert.All(before, name =>
        {
            var part = cache.Parts.Single(part => part.Reason.StartsWith(name, StringComparison.Ordinal));
            Assert.Equal(-rows.Single(row => row.Name == name).DifferenceBytes, part.Bytes);
        });
        var budget = rows.Single(row => row.Name == "Budget");
        Assert.Equal((long)(0.9m * 80 * GiB) - (long)decimal.Round(71.27m * GiB), budget.DifferenceBytes);
        Assert.Contains(cache.Parts, part => part.Bytes == budget.DifferenceBytes);

        // Each of the five lines is rounded to a hundredth of a GiB.
        Assert.InRange(Math.Abs(cache.Parts[^1].Bytes), 0, 5 * (long)(0.005 * GiB));
    }

    [Fact]
    public void Another_share_of_the_device_is_found_in_the_cache()
    {
        var rows = MemoryComparison.Compare(Logs.Vllm(Tp2 with { GpuMemoryUtilization = 0.8m }), Logs.Carried("vllm-tp2.log"));

        var part = rows.First(row => row.Name == "KV cache").Parts.Single(part => part.Reason.StartsWith("GpuMemoryUtilization is 0.9", StringComparison.Ordinal));
        Assert.Equal(-(8L * GiB), part.Bytes);
    }

    [Fact]
    public void Another_context_explains_all_of_the_cache_of_llama_cpp()
    {
        var estimate = Logs.LlamaCpp(new InferenceWorkload { ContextLength = 8192, Concurrency = 1, GpuLayers = 20 });
        var cache = MemoryComparison.Compare(estimate, Logs.Carried("llama-server.log")).Where(row => row.Name == "KV cache").ToList();

        Assert.Equal(["Host", "Device 0"], cache.Select(row => row.Device));
        Assert.All(cache, row =>
        {
            Assert.Equal("ContextLength is 4096 in the log and 8192 in the estimate", row.Parts.Single().Reason);
            Assert.Equal(row.MeasuredBytes, row.DifferenceBytes);
        });
    }

    [Fact]
    public void Another_offload_is_named()
    {
        var estimate = Logs.LlamaCpp(new InferenceWorkload { ContextLength = 4096, Concurrency = 1, GpuLayers = 10 });
        var rows = MemoryComparison.Compare(estimate, Logs.Carried("llama-server.log"));

        Assert.All(
            rows.Where(row => row.Name is "Weights" or "KV cache"),
            row => Assert.StartsWith("GpuLayers is 20 in the log and 10 in the estimate", row.Explanation, StringComparison.Ordinal));
    }

    [Fact]
    public void With_the_settings_of_the_log_the_caches_are_equal_to_the_byte_and_the_weights_as_far_as_it_prints_them()
    {
        var estimate = Logs.LlamaCpp(new InferenceWorkload { ContextLength = 4096, Concurrency = 1, GpuLayers = 20 });
        var rows = MemoryComparison.Compare(estimate, Logs.Carried("llama-server.log"));

        Assert.All(rows.Where(row => row.Name == "KV cache"), row => Assert.Equal((0L, "Equal."), (row.DifferenceBytes, row.Explanation)));
        Assert.All(rows.Where(row => row.Name is "Weights" or "Output"), row => Assert.InRange(Math.Abs(row.DifferenceBytes!.Value), 0, 5243));
    }

    [Fact]
    public void Where_one_side_has_one_line_for_all_caches_so_has_the_other()
    {
        var log = Logs.Of(
            "llama_kv_cache_unified_iswa: creating non-SWA KV cache, size = 8192 cells",
            "llama_kv_cache_unified:      CUDA0 KV buffer size =    80.00 MiB",
            "llama_kv_cache_unified_iswa: creating     SWA KV cache, size = 1536 cells",
            "llama_kv_cache_unified:      CUDA0 KV buffer size =    30.00 MiB");
        var rows = MemoryComparison.Compare(Logs.LlamaCpp(new InferenceWorkload { ContextLength = 8192 }), log);

        Assert.Equal(110L << 20, rows.Single(row => row.Name == "KV cache").MeasuredBytes);
        Assert.DoesNotContain(rows, row => row.Name == "Sliding KV cache");
    }

    [Fact]
    public void A_plan_of_Ollama_is_compared_as_a_whole_and_said_to_be_one()
    {
        var estimate = Logs.LlamaCpp(new InferenceWorkload { ContextLength = 8192, Concurrency = 1 });
        var rows = MemoryComparison.Compare(estimate, Logs.Carried("ollama-plan.log"));

        var weights = rows.Single(row => row.Name == "Weights");
        Assert.Equal(("All", estimate.WeightBytes), (weights.Device, weights.EstimatedBytes));
        Assert.Contains("planned", weights.Explanation, StringComparison.Ordinal);
        Assert.Equal(0, rows.Single(row => row.Name == "KV cache").DifferenceBytes);
    }

    [Fact]
    public void Ranks_that_the_estimate_has_not_are_named()
    {
        var rows = MemoryComparison.Compare(Logs.Vllm(Tp2 with { TensorParallel = 1 }), Logs.Carried("vllm-tp2.log"));

        var second = rows.First(row => row.Device == "Device 1");
        Assert.Null(second.EstimatedBytes);
        Assert.Contains("has 1 device(s)", second.Explanation, StringComparison.Ordinal);
        Assert.Contains("TensorParallel is 2 in the log and 1 in the estimate", rows[0].Explanation, StringComparison.Ordinal);
    }

    // Stages come before ranks, and copies before stages.
    [Theory]
    [InlineData("Worker_DP1_PP1_TP1", "Device 7")]
    [InlineData("Worker_DP1_PP0_TP1_EP3", "Device 5")]
    [InlineData("Worker_PP1_TP0", "Device 2")]
    [InlineData("VllmWorker rank=3", "Device 3")]
    [InlineData("Worker", "Device 0")]
    public void Ranks_of_vLLM_are_numbered_as_devices_are(string process, string device)
    {
        var estimate = Logs.Vllm(Tp2 with { PipelineParallel = 2, DataParallel = 2 });
        var log = Logs.Of($"({process} pid=7) INFO Model loading took 3.00 GiB");

        Assert.Equal(device, MemoryComparison.Compare(estimate, log)[0].Device);
    }

    [Theory]
    [InlineData("enable_dp_attention=True", "Device 1")]
    [InlineData("enable_dp_attention=False", "Device 3")]
    public void Copies_of_attention_alone_are_no_devices_of_their_own(string setting, string device)
    {
        var estimate = ServingEngines.Default.Estimate(Logs.Llama(), new InferenceWorkload { TensorParallel = 2, DataParallel = 2 });
        var log = Logs.Of(
            $"[2025-10-16 09:05:41] server_args=ServerArgs(model_path='m', tp_size=2, {setting})",
            "[2025-10-16 09:06:20 DP1 TP1] Load weight end. type=X, avail mem=70.57 GB, mem usage=7.54 GB.");

        Assert.Equal(device, MemoryComparison.Compare(estimate, log)[0].Device);
    }

    [Fact]
    public void An_estimate_of_another_engine_or_of_training_is_refused()
    {
        var llama = Logs.LlamaCpp(new InferenceWorkload());
        var training = ModelEstimator.Estimate(7_000_000_000, null, EstimateMode.Training, new TrainingWorkload());

        var errors = new[] { llama, training }
            .Select(estimate => Assert.Throws<LlmMemoryException>(() => MemoryComparison.Compare(estimate, Logs.Carried("vllm-tp2.log"))))
            .ToList();
        Assert.All(errors, error => Assert.Equal(ErrorIds.EstimateNotComparable, error.ErrorId));
        Assert.All(errors, error => Assert.Contains("-Engine vLLM", error.Message, StringComparison.Ordinal));
    }

    [Property]
    public void Parts_add_up_to_the_difference(PositiveInt weights, PositiveInt cache, PositiveInt activations, byte context)
    {
        var length = 1024L * (1 + context);
        var log = Logs.Of(
            FormattableString.Invariant($"Model loading took {weights.Get / 100m} GiB"),
            FormattableString.Invariant($"torch peak memory increase: {activations.Get / 1000m}GiB; non-torch forward increase memory: 0.07GiB"),
            FormattableString.Invariant($"Initial free memory: 79.11 GiB; Requested memory: 0.90 (util), {71 + (weights.Get / 1000m)} GiB"),
            FormattableString.Invariant($"Available KV cache memory: {cache.Get - 50} GiB"));
        var buffers = Logs.Of(
            FormattableString.Invariant($"load_tensors: CUDA0 model buffer size = {weights.Get / 100m} MiB"),
            FormattableString.Invariant($"llama_context: n_ctx = {cache.Get}"),
            FormattableString.Invariant($"llama_kv_cache: CUDA0 KV buffer size = {cache.Get} MiB"));

        IEnumerable<MemoryComparison> rows =
        [
            .. MemoryComparison.Compare(Logs.Vllm(new InferenceWorkload { ContextLength = length, DeviceMemory = 80 * GiB }), log),
            .. MemoryComparison.Compare(Logs.LlamaCpp(new InferenceWorkload { ContextLength = length }), buffers),
        ];
        Assert.All(rows.Where(row => row.DifferenceBytes is not null), row => Assert.Equal(row.DifferenceBytes, row.Parts.Sum(part => part.Bytes)));
        Assert.Contains(rows, row => row.Parts.Count > 1);
    }

    private static long SumOf(MemoryEstimate estimate, string device, params string[] names)
    {
        return estimate.Components.Where(component => component.Device == device && names.Contains(component.Name)).Sum(component => component.Bytes);
    }
}
