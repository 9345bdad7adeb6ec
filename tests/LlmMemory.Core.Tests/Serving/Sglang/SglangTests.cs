using System;
using System.Linq;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Serving;
using LlmMemory.Quantization;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Serving.Sglang;

/// <summary>
/// SGLang against what its logs show in the rows of data/serving-measured.csv. Not a row here: 429, DeepSeek-V3 on H20,
/// whose 36.5 GB free after loading do not fit 671 GB over eight ranks of 96 GB; 426, 428 and 430 tell one sum that
/// several unknown settings lead to.
/// </summary>
public sealed class SglangTests
{
    private const double GiB = 1L << 30;

    // H100: torch sees 79.19 GiB.
    private const long DeviceMemory = (long)(79.19 * GiB);

    // Row 427, sglang#4826: "#tokens: 834615", K and V 54.12 GB each, so 108.24; weights 8.13 GB.
    [Fact]
    public void Gemma_3_has_the_pools_of_the_log()
    {
        var estimate = Estimate("gemma-3-4b", new InferenceWorkload { ContextLength = 834_615 });

        Assert.Equal(54.12, Part(estimate, "K cache"), 0.005);
        Assert.Equal(54.12, Part(estimate, "V cache"), 0.005);

        // Two rotary tables of 131,072 x 256 x 4 bytes; the log, of an older version, has room for half of that.
        Assert.Equal(0.25, Part(estimate, "Rotary cache"));
        Assert.Equal(8.13, Part(estimate, "Weights") + 0.25, 0.13);
    }

    // Row 409, vllm#21348: Qwen3-235B-A22B in FP8 on four H100 at 0.93: 367,404 tokens, K 8.23 and V 8.23 GB.
    [Fact]
    public void Qwen3_235B_has_the_tokens_of_the_log()
    {
        var model = WeightFormats.SchemeOf(WeightFormats.All.Find("FP8")).Quantize(EngineModels.Read("qwen3-235b-a22b"));
        var engine = ServingEngines.All.Find("sgl");
        var workload = new InferenceWorkload { TensorParallel = 4, DeviceMemory = DeviceMemory, GpuMemoryUtilization = 0.93m };

        // From the settings alone: the rest of the budget depends on what torch.distributed took.
        Assert.InRange(engine.Estimate(model, workload).Capacity!.Tokens / 367_404.0, 0.98, 1.02);

        // The pools of so many tokens.
        var estimate = engine.Estimate(model, workload with { DeviceMemory = null, GpuMemoryUtilization = null, ContextLength = 367_404 });
        Assert.Equal(8.23, Part(estimate, "K cache"), 0.005);
        Assert.Equal(8.23, Part(estimate, "V cache"), 0.005);
    }

    // server_args.py, _handle_gpu_memory_settings, in MiB: 512 + 1.5 x 2048 + 2 x 8 + 128 of 16,384 are 3,728; 512 +
    // 1.5 x 2048 + 2 x 24 + 128 of 24,576 are 3,760; 512 + 1.5 x 8192 + 2 x 256 + 128 of 81,090.56 are 13,440, over eight
    // ranks 2 x 512 and 1024 make 14,848; 512 + 1.5 x 16384 + 2 x 512 + 128 of 182,272 are 26,240.
    [Theory]
    [InlineData(24.0, 1, 0.847)]
    [InlineData(79.19, 1, 0.834)]
    [InlineData(79.19, 8, 0.817)]
    [InlineData(16.0, 1, 0.772)]
    [InlineData(178.0, 1, 0.856)]
    public void The_share_of_the_device_follows_its_size(double gibibytes, int ranks, double expected)
    {
        var estimate = Estimate("llama-3.1-8b", new InferenceWorkload { DeviceMemory = (long)(gibibytes * GiB), TensorParallel = ranks });

        Assert.Equal((decimal)expected, estimate.GpuMemoryUtilization);
        Assert.Contains(estimate.Assumptions, sentence => sentence.StartsWith("mem_fraction_static 0.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_vision_tower_lowers_the_share()
    {
        // SigLIP: 27 layers of 1152, 1.4238 times 24 of 1024: 0.834 x 0.95 x (1 - 0.04238).
        var share = Estimate("gemma-3-4b", new InferenceWorkload { DeviceMemory = DeviceMemory }).GpuMemoryUtilization!.Value;

        Assert.Equal(0.7587, (double)share, 0.0005);
    }

    [Theory]
    [InlineData("llama-3.1-8b", 1)]
    [InlineData("deepseek-v3-671b-a37b", 32)]
    [InlineData("llama-4-scout-17b-16e", 8)]
    [InlineData("qwen3-next-80b-a3b", 2)]
    public void Weights_and_pools_fill_the_share_and_no_more(string model, int ranks)
    {
        var estimate = Estimate(model, new InferenceWorkload { DeviceMemory = 140L << 30, TensorParallel = ranks, MaxSequences = 64 });
        var held = estimate.Components
            .Where(part => part.Device == "Device 0" && part.Name is not ("CUDA graphs" or "CUDA context" or "Distributed" or "Activations"))
            .Sum(part => part.Bytes);
        var free = (140L << 30) - estimate.Components.Where(part => part.Device == "Device 0" && part.Name is "CUDA context" or "Distributed").Sum(part => part.Bytes);
        var share = (long)(free * estimate.GpuMemoryUtilization!.Value);

        Assert.Equal(EstimateValidation.Unvalidated, estimate.Validation);
        Assert.True(estimate.Capacity!.Starts, estimate.Capacity.ToString());
        Assert.InRange(held, share - (share / 500), share + (1L << 20));
    }

    [Fact]
    public void States_take_nine_parts_of_nineteen_and_three_slots_a_request()
    {
        var workload = new InferenceWorkload { DeviceMemory = 140L << 30, TensorParallel = 2 };
        var estimate = Estimate("qwen3-next-80b-a3b", workload);
        var slots = Bytes(estimate, "States") / (77_266_944 / 2);

        Assert.Equal(9.0 / 19, Bytes(estimate, "States") / (double)estimate.Capacity!.CacheBytes, 0.001);
        Assert.InRange(estimate.Capacity.WorkloadConcurrency, 1, slots / 3);
    }

    // 48 layers over two stages: the second has the head, so fewer tokens; the first decides nothing by itself.
    [Fact]
    public void The_stage_with_the_least_room_decides_for_all()
    {
        var workload = new InferenceWorkload { DeviceMemory = 140L << 30, PipelineParallel = 2 };
        var estimate = Estimate("qwen3-next-80b-a3b", workload);
        var states = estimate.Components.Where(part => part.Name == "States").Select(part => part.Bytes).Distinct();
        var keys = estimate.Components.Where(part => part.Name == "K cache").Select(part => part.Bytes).Distinct();

        // 18 of 36 states and 6 of 12 layers with keys in each.
        Assert.Single(states);
        Assert.Equal((estimate.Capacity!.Tokens + 1) * 6 * 1024, Assert.Single(keys));
    }

    [Fact]
    public void Prefixes_that_all_share_are_kept_once()
    {
        var workload = new InferenceWorkload { ContextLength = 8192, SharedPrefixLength = 4096, Concurrency = 10, KvCacheType = CacheTypes.BF16 };

        // 32 layers x 2 x 8 heads x 128 x 2 bytes.
        Assert.Equal((4096 + (10 * 4096) + 1) * 131_072L, Estimate("llama-3.1-8b", workload).KvCacheBytes);
        Assert.Equal(((10 * 8192) + 1) * 131_072L, Estimate("llama-3.1-8b", workload with { PrefixCaching = false }).KvCacheBytes);
    }

    [Fact]
    public void A_model_that_does_not_fit_does_not_start()
    {
        var capacity = Estimate("llama-3.1-70b", new InferenceWorkload { DeviceMemory = DeviceMemory }).Capacity!;

        Assert.False(capacity.Starts);
        Assert.True(capacity.CacheBytes < 0);
        Assert.Equal((0, 0), (capacity.Tokens, capacity.LongestRequest));
        Assert.Contains("-GpuMemoryUtilization", capacity.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_share_that_leaves_too_little_to_work_with_is_said()
    {
        var estimate = Estimate("llama-3.1-8b", new InferenceWorkload { DeviceMemory = DeviceMemory, GpuMemoryUtilization = 0.99m });

        Assert.Contains(estimate.Assumptions, sentence => sentence.Contains("may run out of memory at work", StringComparison.Ordinal));
    }

    [Fact]
    public void Layers_that_draft_lie_beside_the_model()
    {
        var workload = new InferenceWorkload { ContextLength = 1023, TensorParallel = 8 };
        var plain = Estimate("deepseek-v3-671b-a37b", workload);
        var drafting = Estimate("deepseek-v3-671b-a37b", workload with { SpeculativeTokens = 1 });

        // One layer more: (512 + 64) x 2 bytes for each row.
        Assert.Equal(1024 * 1152, Bytes(drafting, "Draft cache"));
        Assert.True(Bytes(drafting, "Draft layers") > 1L << 30);
        Assert.Equal(Bytes(plain, "Weights"), Bytes(drafting, "Weights"));
    }

    private static MemoryEstimate Estimate(string model, InferenceWorkload workload)
    {
        return EngineModels.Of("SGLang", model).Estimate(workload);
    }

    private static double Part(MemoryEstimate estimate, string name)
    {
        return Bytes(estimate, name) / GiB;
    }

    private static long Bytes(MemoryEstimate estimate, string name)
    {
        return estimate.Components.Where(part => part.Device == "Device 0" && part.Name == name).Sum(part => part.Bytes);
    }
}
