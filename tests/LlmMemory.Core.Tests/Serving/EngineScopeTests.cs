using System;
using LlmMemory.Errors;
using LlmMemory.Estimation.Serving;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Serving;

/// <summary>What is said to an engine is counted, refused, or named as said in vain; nothing is dropped in silence.</summary>
public sealed class EngineScopeTests
{
    private const string DeepSeekV4 =
        """{"model_type": "deepseek_v4", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "head_dim": 16, "vocab_size": 9, "q_lora_rank": 8, "qk_rope_head_dim": 8, "o_groups": 2, "o_lora_rank": 8, "sliding_window": 8, "compress_ratios": [0, 4, 0], "index_n_heads": 2, "index_head_dim": 8, "index_topk": 4, "hc_mult": 2, "num_hash_layers": 1, "n_routed_experts": 8, "num_experts_per_tok": 2, "n_shared_experts": 1, "moe_intermediate_size": 16, "num_nextn_predict_layers": 1}""";

    private static readonly LlmModel Model = ModelReader.FromCatalogue(ModelCatalogue.All.Find("llama-3.1-8b"));

    [Theory]
    [InlineData("LlamaCpp", nameof(InferenceWorkload.PromptLength))]
    [InlineData("LlamaCpp", nameof(InferenceWorkload.DeviceMemory))]
    [InlineData("Ollama", nameof(InferenceWorkload.OutputLength))]
    [InlineData("Generic", nameof(InferenceWorkload.DeviceMemory))]
    [InlineData("Transformers", nameof(InferenceWorkload.SharedPrefixLength))]
    [InlineData("TensorRT-LLM", nameof(InferenceWorkload.SpeculativeTokens))]
    [InlineData("vLLM", nameof(InferenceWorkload.GpuLayers))]
    public void A_setting_that_an_engine_does_not_read_is_named(string engine, string setting)
    {
        var workload = new InferenceWorkload { ContextLength = 4096 };
        var said = setting switch
        {
            nameof(InferenceWorkload.PromptLength) => workload with { PromptLength = 100 },
            nameof(InferenceWorkload.OutputLength) => workload with { OutputLength = 100 },
            nameof(InferenceWorkload.DeviceMemory) => workload with { DeviceMemory = 80L << 30 },
            nameof(InferenceWorkload.SharedPrefixLength) => workload with { SharedPrefixLength = 100 },
            nameof(InferenceWorkload.SpeculativeTokens) => workload with { SpeculativeTokens = 2 },
            _ => workload with { GpuLayers = 10 },
        };

        var plain = ServingEngines.All.Find(engine).Estimate(Model, workload);
        var estimate = ServingEngines.All.Find(engine).Estimate(Model, said);

        Assert.Contains(estimate.Assumptions, sentence => sentence.StartsWith($"-{setting} has no effect", StringComparison.Ordinal));
        Assert.Equal(plain.TotalBytes, estimate.TotalBytes);
    }

    [Fact]
    public void A_setting_that_an_engine_reads_is_not_named()
    {
        var estimate = ServingEngines.All.Find("vLLM").Estimate(
            Model, new InferenceWorkload { ContextLength = 4096, PromptLength = 100, MaxSequences = 8, EnforceEager = true, TensorParallel = 2 });

        Assert.DoesNotContain(estimate.Assumptions, sentence => sentence.Contains("has no effect", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("vLLM")]
    [InlineData("SGLang")]
    [InlineData("TensorRT-LLM")]
    [InlineData("Generic")]
    [InlineData("Transformers")]
    public void A_context_beyond_that_of_the_model_is_said(string engine)
    {
        var estimate = ServingEngines.All.Find(engine).Estimate(Model, new InferenceWorkload { ContextLength = 1 << 20 });

        Assert.Contains(estimate.Assumptions, sentence => sentence.Contains("longer than the 128k", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("vLLM")]
    [InlineData("SGLang")]
    [InlineData("TensorRT-LLM")]
    public void A_cache_of_an_unknown_kind_is_refused(string engine)
    {
        var model = ModelReader.FromConfig(DeepSeekV4);

        var error = Assert.Throws<LlmMemoryException>(() => ServingEngines.All.Find(engine).Estimate(model, new InferenceWorkload { ContextLength = 4096 }));

        Assert.Equal(ErrorIds.EngineRefusesSetting, error.ErrorId);
    }

    // Layer 0 keeps a window of 8 keys of 16 elements; layer 1 also one key for every 4 tokens, and an indexer's key of
    // 8 bytes with a scale of 4 for each: 4,096 tokens, 2 bytes per element.
    [Fact]
    public void The_textbook_counts_keys_that_stand_for_several_tokens()
    {
        var estimate = ServingEngines.All.Find("Generic").Estimate(
            ModelReader.FromConfig(DeepSeekV4), new InferenceWorkload { ContextLength = 4096, KvCacheType = CacheTypes.BF16 });

        Assert.Equal((2 * 8 * 16 * 2) + (4096 / 4 * ((16 * 2) + 8 + 4)), estimate.KvCacheBytes);
    }
}
