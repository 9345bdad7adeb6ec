using System;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Serving;

/// <summary>
/// Ranks of vLLM that share the tokens of a request (decode_context_parallel_size; vllm/config/parallel.py,
/// vllm/config/model.py, vllm/v1/core/kv_cache_utils.py).
/// </summary>
public sealed class DecodeContextTests
{
    private static readonly InferenceWorkload EightRanks = new() { ContextLength = 32_768, TensorParallel = 8, DeviceMemory = 140L << 30 };

    // Latents are on every rank: 8 ranks that share them hold 8 times the tokens in the same bytes.
    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void Latents_that_ranks_share_hold_as_many_times_the_tokens(int shared)
    {
        var copied = Estimate("deepseek-v3-671b-a37b", EightRanks);
        var split = Estimate("deepseek-v3-671b-a37b", EightRanks with { DecodeContextParallel = shared });

        Assert.Equal(copied.KvCacheBytes, split.KvCacheBytes);
        Assert.Equal(copied.Capacity!.Blocks, split.Capacity!.Blocks);
        Assert.Equal(shared * copied.Capacity.Tokens, split.Capacity.Tokens);
        Assert.Equal(shared * copied.Capacity.MaxConcurrency, split.Capacity.MaxConcurrency, 9);
    }

    // A request of 32,768 tokens on one rank of four: 2,048 / 4 blocks x 16 x 576 x 2 x 61 bytes.
    [Fact]
    public void A_request_takes_its_share_on_each_rank()
    {
        var estimate = Estimate("deepseek-v3-671b-a37b", EightRanks with { DecodeContextParallel = 4, DeviceMemory = null });

        Assert.Equal(8 * 512L * 16 * 576 * 2 * 61, estimate.KvCacheBytes);
        Assert.Equal(4, estimate.DecodeContextParallel);
    }

    // Qwen3-235B: 64 heads, 4 with keys, on 8 ranks twice each.
    [Fact]
    public void Copies_of_heads_share_tokens_too()
    {
        var copied = Estimate("qwen3-235b-a22b", EightRanks);
        var split = Estimate("qwen3-235b-a22b", EightRanks with { DecodeContextParallel = 2 });

        Assert.Equal(2 * copied.Capacity!.Tokens, split.Capacity!.Tokens);
    }

    [Theory]
    [InlineData("deepseek-v3-671b-a37b", 8, 3, "does not divide the 8", "-DecodeContextParallel 8.")]
    [InlineData("qwen3-235b-a22b", 8, 4, "64 heads, 4 with keys", "-DecodeContextParallel 2.")]
    [InlineData("llama-3.1-8b", 8, 2, "32 heads, 8 with keys", "-TensorParallel 16.")]
    [InlineData("llama-3.1-8b", 1, 2, "does not divide the 1", "-TensorParallel 16.")]
    [InlineData("gemma-3-4b", 8, 2, "a window or a state", "Leave -DecodeContextParallel out.")]
    [InlineData("qwen3-next-80b-a3b", 4, 2, "a window or a state", "Leave -DecodeContextParallel out.")]
    public void What_vLLM_refuses_is_refused(string model, int ranks, int shared, string reason, string good)
    {
        var error = Assert.Throws<LlmMemoryException>(() => Estimate(model, EightRanks with { TensorParallel = ranks, DecodeContextParallel = shared }));

        Assert.Equal(ErrorIds.EngineRefusesSetting, error.ErrorId);
        Assert.Equal(shared, error.Value);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(good, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Engines_that_have_no_such_setting_say_so()
    {
        var estimate = EngineModels.Of("SGLang", "llama-3.1-8b").Estimate(new InferenceWorkload { ContextLength = 4096, DecodeContextParallel = 2 });

        Assert.Contains(estimate.Assumptions, sentence => sentence.StartsWith("-DecodeContextParallel has no effect", StringComparison.Ordinal));
    }

    private static MemoryEstimate Estimate(string model, InferenceWorkload workload)
    {
        return EngineModels.Of("vLLM", model).Estimate(workload, "0.19");
    }
}
