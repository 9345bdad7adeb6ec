using System;
using LlmMemory.Errors;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Serving;

/// <summary>Settings that engines refuse, with the rule as the error.</summary>
public sealed class EngineRefusalTests
{
    [Theory]
    [InlineData("Generic", 3)]
    [InlineData("vLLM", 3)]
    [InlineData("SGLang", 3)]
    [InlineData("TensorRT-LLM", 3)]
    [InlineData("SGLang", 64)]
    [InlineData("TensorRT-LLM", 12)]
    public void Ranks_divide_heads(string engine, int ranks)
    {
        // 32 heads, 8 with keys.
        var error = Refused(ErrorIds.EngineRefusesSetting, engine, new InferenceWorkload { TensorParallel = ranks });
        Assert.Equal(ranks, error.Value);
        Assert.Matches("-TensorParallel (2|8|32)\\.$", error.Message);
    }

    [Theory]
    [InlineData("Generic")]
    [InlineData("vLLM")]
    [InlineData("SGLang")]
    [InlineData("TensorRT-LLM")]
    public void Every_stage_has_a_layer(string engine)
    {
        Refused(ErrorIds.EngineRefusesSetting, engine, new InferenceWorkload { PipelineParallel = 33 });
    }

    [Theory]
    [InlineData("Generic", 1, 1, int.MaxValue)]
    [InlineData("vLLM", int.MaxValue, 1, 1)]
    [InlineData("SGLang", int.MaxValue, int.MaxValue, int.MaxValue)]
    [InlineData("TensorRT-LLM", 32, 32, 65)]
    public void More_devices_than_any_cluster_has_are_no_setting(string engine, int ranks, int stages, int copies)
    {
        Refused(
            ErrorIds.ServingSettingOutOfRange,
            engine,
            new InferenceWorkload { ContextLength = 1024, TensorParallel = ranks, PipelineParallel = stages, DataParallel = copies });
    }

    // 24 heads, 8 with keys: 3 divides the one and not the other.
    [Theory]
    [InlineData("vLLM")]
    [InlineData("SGLang")]
    public void Ranks_divide_heads_with_keys_too(string engine)
    {
        var error = Assert.Throws<LlmMemoryException>(() => EngineModels.Of(engine, "phi-4-mini").Estimate(new InferenceWorkload { TensorParallel = 3 }));
        Assert.Equal(ErrorIds.EngineRefusesSetting, error.ErrorId);
        Assert.Contains("24 heads, 8 with keys", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vLLM", "q8_0")]
    [InlineData("SGLang", "q8_0")]
    [InlineData("SGLang", "int8_per_token_head")]
    [InlineData("SGLang", "fp8_ds_mla")]
    [InlineData("TensorRT-LLM", "q4_0")]
    [InlineData("LlamaCpp", "fp8")]
    [InlineData("LMStudio", "nvfp4")]
    [InlineData("Ollama", "q5_0")]
    [InlineData("Ollama", "fp8")]
    public void Cache_types_are_the_engines_own(string engine, string type)
    {
        var error = Refused(ErrorIds.KvCacheTypeUnsupported, engine, new InferenceWorkload { ContextLength = 4096, KvCacheType = CacheTypes.All.Find(type) });
        Assert.Contains(type, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vLLM")]
    [InlineData("SGLang")]
    [InlineData("TensorRT-LLM")]
    [InlineData("Ollama")]
    public void Keys_and_values_have_one_type(string engine)
    {
        Refused(
            ErrorIds.KvCacheTypeUnsupported,
            engine,
            new InferenceWorkload { ContextLength = 4096, KvCacheType = CacheTypes.F16, ValueCacheType = CacheTypes.All.Find("q4_0") });
    }

    [Theory]
    [InlineData("SGLang", "0.4")]
    [InlineData("SGLang", "0.50")]
    [InlineData("SGLang", "newest")]
    [InlineData("TensorRT-LLM", "0.4")]
    [InlineData("TensorRT-LLM", "one")]
    [InlineData("Ollama", "0.1")]
    [InlineData("LMStudio", "0.3")]
    public void Versions_whose_rules_are_not_known_are_refused(string engine, string version)
    {
        Refused(ErrorIds.EngineVersionUnknown, engine, new InferenceWorkload { ContextLength = 4096 }, version);
    }

    [Theory]
    [InlineData("SGLang", "mamba-1.4b")]
    [InlineData("SGLang", "whisper-small")]
    public void Models_whose_cache_is_not_known_are_refused(string engine, string model)
    {
        var error = Assert.Throws<LlmMemoryException>(() => EngineModels.Of(engine, model).Estimate(new InferenceWorkload { ContextLength = 1024 }));
        Assert.Equal(ErrorIds.EngineRefusesSetting, error.ErrorId);
    }

    [Fact]
    public void LM_Studio_and_Ollama_want_a_context()
    {
        Refused(ErrorIds.EngineRefusesSetting, "LMStudio", new InferenceWorkload());
        Refused(ErrorIds.ServingSettingOutOfRange, "Ollama", new InferenceWorkload());
    }

    [Theory]
    [InlineData("Generic")]
    [InlineData("vLLM")]
    [InlineData("SGLang")]
    [InlineData("TensorRT-LLM")]
    [InlineData("Transformers")]
    public void What_does_not_fit_64_bits_is_an_error(string engine)
    {
        Refused(ErrorIds.EstimateOverflow, engine, new InferenceWorkload { ContextLength = 1L << 40, Concurrency = 1L << 40 });
    }

    private static LlmMemoryException Refused(string id, string engine, InferenceWorkload workload, string? version = null)
    {
        var error = Assert.Throws<LlmMemoryException>(() => EngineModels.Of(engine, "llama-3.1-8b").Estimate(workload, version));
        Assert.Equal(id, error.ErrorId);
        return error;
    }
}
