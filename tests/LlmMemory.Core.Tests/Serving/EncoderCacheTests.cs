using System;
using System.Linq;
using LlmMemory.Estimation;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Serving;

/// <summary>What vLLM's profile run keeps of images beside the language model's peak.</summary>
public sealed class EncoderCacheTests
{
    // 8,192 and 2,048 embeddings x 2,560 x 2 bytes.
    [Theory]
    [InlineData(null, 8192L * 2560 * 2)]
    [InlineData(2048L, 2048L * 2560 * 2)]
    public void A_pass_full_of_embeddings_is_kept(long? batched, long expected)
    {
        var estimate = Estimate("gemma-3-4b", batched, 1);

        Assert.Equal(expected, Cache(estimate, "Device 0"));
        Assert.Contains(estimate.Assumptions, sentence => sentence.Contains("--skip-mm-profiling", StringComparison.Ordinal));
    }

    [Fact]
    public void It_lies_where_the_tower_does()
    {
        var estimate = Estimate("gemma-3-4b", null, 2);

        Assert.True(Cache(estimate, "Device 0") > 0);
        Assert.Equal(0, Cache(estimate, "Device 1"));
    }

    [Fact]
    public void A_model_without_towers_has_none()
    {
        var estimate = Estimate("llama-3.1-8b", null, 1);

        Assert.Equal(0, Cache(estimate, "Device 0"));
        Assert.DoesNotContain(estimate.Assumptions, sentence => sentence.Contains("encoder cache", StringComparison.Ordinal));
    }

    private static MemoryEstimate Estimate(string model, long? batched, int stages)
    {
        return EngineModels.Of("vLLM", model).Estimate(new InferenceWorkload { ContextLength = 8192, MaxBatchedTokens = batched, PipelineParallel = stages });
    }

    private static long Cache(MemoryEstimate estimate, string device)
    {
        return estimate.Components.Where(part => part.Device == device && part.Name == "Encoder cache").Sum(part => part.Bytes);
    }
}
