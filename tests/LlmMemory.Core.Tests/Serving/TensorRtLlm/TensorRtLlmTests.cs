using System;
using System.Linq;
using LlmMemory.Estimation.Serving;
using LlmMemory.Quantization;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Serving.TensorRtLlm;

/// <summary>
/// TensorRT-LLM against row 431 of data/serving-measured.csv. Not a row here: 432, whose engine was built for 25
/// prompts of 4,096 tokens at once by a rule that 0.5 had, and 433, whose max_num_tokens nobody wrote down.
/// </summary>
public sealed class TensorRtLlmTests
{
    private const double GiB = 1L << 30;

    // Row 431, TensorRT-LLM#1400: Llama-7B on A100-80GB, SmoothQuant, 69,524,783,104 bytes for 132,608 tokens.
    [Fact]
    public void Llama_7B_has_the_cache_of_the_log_to_the_byte()
    {
        var workload = new InferenceWorkload { ContextLength = 132_608, KvCacheType = CacheTypes.F16 };

        // 32 layers x 2 x 32 heads x 128 x 2 bytes = 524,288.
        Assert.Equal(69_524_783_104, EngineModels.Of("TensorRT-LLM", "llama-7b").Estimate(workload, "0.8").KvCacheBytes);
    }

    [Fact]
    public void Llama_7B_has_the_tokens_of_the_log_from_its_settings()
    {
        // 8 bits; the driver shows 79.15 GiB of an A100 80GB.
        var model = WeightFormats.SchemeOf(WeightFormats.All.Find("INT8")).Quantize(EngineModels.Read("llama-7b"));
        var workload = new InferenceWorkload
        {
            ContextLength = 4096,
            DeviceMemory = (long)(79.15 * GiB),
            KvCacheType = CacheTypes.F16,
            MaxBatchedTokens = 4096,
        };
        var capacity = ServingEngines.All.Find("trtllm").Estimate(model, workload, "v0.8").Capacity!;

        Assert.InRange(capacity.Tokens / 132_608.0, 0.99, 1.01);
        Assert.Equal(capacity.Tokens, capacity.Blocks * 64);
        Assert.Equal(capacity.Tokens / 4096.0, capacity.MaxConcurrency, 9);
    }

    [Fact]
    public void The_cache_is_nine_tenths_of_what_is_free_after_loading()
    {
        var estimate = EngineModels.Of("TensorRT-LLM", "llama-3.1-8b").Estimate(new InferenceWorkload { DeviceMemory = 80L << 30 });
        var loaded = estimate.TotalBytes - estimate.KvCacheBytes!.Value;
        var block = 32 * 131_072L;

        Assert.Equal((long)(((80L << 30) - loaded) * 0.9m) / block * block, estimate.KvCacheBytes);
        Assert.Contains(estimate.Assumptions, sentence => sentence.StartsWith("free_gpu_memory_fraction 0.9", StringComparison.Ordinal));
    }

    // 2 bytes x 8192 tokens x 4096 x the coefficient of the ranks, 11, 6.5, 5, 5; 70 MiB at the least.
    [Theory]
    [InlineData(1, 8192, 738_197_504)]
    [InlineData(2, 8192, 436_207_616)]
    [InlineData(8, 8192, 335_544_320)]
    [InlineData(1, 16, 73_400_320)]
    public void Activations_follow_tokens_and_ranks(int ranks, long tokens, long expected)
    {
        var workload = new InferenceWorkload { ContextLength = 1024, TensorParallel = ranks, MaxBatchedTokens = tokens };
        var estimate = EngineModels.Of("TensorRT-LLM", "llama-3.1-8b").Estimate(workload);

        Assert.Equal(expected, estimate.Components.First(part => part.Name == "Activations").Bytes);
    }

    [Fact]
    public void A_model_that_does_not_fit_does_not_start()
    {
        var capacity = EngineModels.Of("TensorRT-LLM", "llama-3.1-70b").Estimate(new InferenceWorkload { DeviceMemory = 80L << 30 }).Capacity!;

        Assert.False(capacity.Starts);
        Assert.Equal((0, 0), (capacity.Blocks, capacity.LongestRequest));
        Assert.Contains("-TensorParallel", capacity.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void States_without_a_cache_need_no_blocks()
    {
        var estimate = EngineModels.Of("TensorRT-LLM", "mamba-1.4b").Estimate(
            new InferenceWorkload { ContextLength = 8192, Concurrency = 4, DeviceMemory = 80L << 30 });

        Assert.True(estimate.Capacity!.Starts);
        Assert.Equal(4 * 13_762_560L, estimate.KvCacheBytes);
        Assert.Equal(4, estimate.Capacity.WorkloadConcurrency);
    }
}
