using System;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Serving;
using LlmMemory.Models.Reading;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Serving;

/// <summary>
/// What a request of one token keeps of a model with states in vLLM: pages as large as its state, by pencil
/// and paper (vllm/model_executor/layers/mamba/mamba_utils.py, vllm/model_executor/models/config.py).
/// </summary>
public sealed class VllmStateTests
{
    private const string Hybrid = """
        {"model_type": "bamba", "hidden_size": 1024, "num_hidden_layers": 2, "num_attention_heads": 8, "num_key_value_heads": 2,
         "intermediate_size": 2048, "vocab_size": 1024, "max_position_embeddings": 4096, "attn_layer_indices": [1],
         "mamba_n_heads": 32, "mamba_d_head": 64, "mamba_d_state": 128, "mamba_n_groups": 1, "mamba_d_conv": 4, "mamba_expand": 2
        """;

    [Theory]

    // 36 gated delta nets in the model's 16 bits: 3 x 8,192 x 2 + 32 x 128 x 128 x 2 = 1,097,728 bytes; 2 KV heads x 256
    // x 2 x 2 bytes for a token: 1,097,728 / 2,048 = 536, to 544 tokens.
    [InlineData("qwen3-next-80b-a3b", 544)]

    // The same in 32 bits: 2 x 3 x 10,240 + 48 x 128 x 128 x 4 = 3,207,168 bytes; 4 x 256 x 2 x 2: 783, to 784.
    [InlineData("qwen3.5-27b", 784)]

    // 24 x Mamba-2: 2 x 3 x 10,240 + 128 x 64 x 128 x 4 = 4,255,744; 8 x 128 x 2 x 2 = 4,096: 1,039, to 1,040.
    [InlineData("nemotron-h-8b", 1040)]

    // Kimi's states in 32 bits, its latents 576 x 2 bytes: 3 x 3 x 4,096 x 2 + 32 x 128 x 128 x 4 = 2,170,880: 1,885, to 1,888.
    [InlineData("kimi-linear-48b-a3b", 1888)]
    public void A_page_of_attention_holds_a_state(string model, long tokens)
    {
        var estimate = EngineModels.Of("vLLM", model).Estimate(new InferenceWorkload { ContextLength = 8192, DeviceMemory = 1L << 40 });

        Assert.Equal(tokens, estimate.Capacity!.BlockTokens);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData(", \"mamba_ssm_cache_dtype\": \"float32\"", 4)]
    [InlineData(", \"mamba_ssm_cache_dtype\": \"auto\"", 2)]
    [InlineData(", \"mamba_ssm_dtype\": \"torch.float32\"", 4)]
    [InlineData(", \"torch_dtype\": \"float32\"", 4)]
    public void The_configuration_says_the_type(string field, long stateBytes)
    {
        var estimate = Estimate(Hybrid + field + "}", new InferenceWorkload { ContextLength = 512, DeviceMemory = 1L << 40, KvCacheType = CacheTypes.F16 });
        var convolution = (2048 + (2 * 128)) * 3 * (field.Contains("torch_dtype", StringComparison.Ordinal) ? 4 : 2);
        var page = 16 * (long)Math.Ceiling((convolution + (32 * 64 * 128 * stateBytes)) / (double)(2 * 128 * 2 * 2) / 16);

        Assert.Equal(page, estimate.Capacity!.BlockTokens);
        Assert.Contains(estimate.Assumptions, sentence => sentence.StartsWith($"States of recurrences in {8 * stateBytes} bits", StringComparison.Ordinal));
    }

    // One group of B and C is copied to both ranks: 1,024 + 2 x 128 channels instead of (2,048 + 2 x 128) / 2.
    [Fact]
    public void Groups_are_copied_where_ranks_do_not_divide_them()
    {
        var estimate = Estimate(Hybrid + "}", new InferenceWorkload { ContextLength = 512, DeviceMemory = 1L << 40, KvCacheType = CacheTypes.F16, TensorParallel = 2 });
        var page = 16 * (long)Math.Ceiling((((1024 + 256) * 3 * 2) + (16 * 64 * 128 * 2)) / (double)(128 * 2 * 2) / 16);

        Assert.Equal(page, estimate.Capacity!.BlockTokens);
    }

    [Theory]
    [InlineData("0.19", null, 1)]
    [InlineData("0.27", null, 1)]
    [InlineData("0.28", null, 2)]
    [InlineData("0.19", 1024, 2)]
    public void A_prefix_cache_keeps_one_state_more(string version, int? prefix, int states)
    {
        // Attention's blocks of a request of one block, and 3 groups of states.
        var workload = new InferenceWorkload { ContextLength = 784, DeviceMemory = 1L << 40, SharedPrefixLength = prefix };
        var capacity = EngineModels.Of("vLLM", "qwen3.5-27b").Estimate(workload, version).Capacity!;

        Assert.Equal(1 + (3 * states), Math.Round(capacity.Blocks / capacity.MaxConcurrency));
    }

    [Fact]
    public void A_type_that_is_none_is_refused()
    {
        var error = Assert.Throws<LlmMemoryException>(() => ModelReader.FromConfig(Hybrid + ", \"mamba_ssm_dtype\": \"float33\"}"));

        Assert.Equal(ErrorIds.ConfigFieldInvalid, error.ErrorId);
        Assert.Contains("float33", error.Message, StringComparison.Ordinal);
    }

    private static MemoryEstimate Estimate(string json, InferenceWorkload workload)
    {
        return ServingEngines.All.Find("vLLM").Estimate(ModelReader.FromConfig(json), workload);
    }
}
