using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Estimation.Serving.LlamaCpp;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Serving.LlamaCpp;

/// <summary>What llama.cpp refuses, and what it clamps.</summary>
public sealed class LlamaCppErrorTests
{
    private static readonly LlamaCppModel Dense = LlamaCppModel.Of(LlamaCppModels.Dense);

    public static TheoryData<string, string> Refused => new()
    {
        { "context", ErrorIds.ServingSettingOutOfRange },
        { "long context", ErrorIds.ServingSettingOutOfRange },
        { "batch", ErrorIds.ServingSettingOutOfRange },
        { "micro batch", ErrorIds.ServingSettingOutOfRange },
        { "slots", ErrorIds.ServingSettingOutOfRange },
        { "outputs", ErrorIds.ServingSettingOutOfRange },
        { "main gpu", ErrorIds.ServingSettingOutOfRange },
        { "shares", ErrorIds.ServingSettingOutOfRange },
        { "negative share", ErrorIds.ServingSettingOutOfRange },
        { "no share", ErrorIds.ServingSettingOutOfRange },
        { "row", ErrorIds.SplitModeUnsupported },
        { "tensor", ErrorIds.SplitModeUnsupported },
        { "cache type", ErrorIds.KvCacheTypeUnsupported },
        { "value cache", ErrorIds.KvCacheTypeUnsupported },
        { "override", ErrorIds.TensorOverrideInvalid },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_llama_cpp_refuses_is_an_error(string what, string id)
    {
        var error = Assert.Throws<LlmMemoryException>(() => LlamaCppMemory.Of(Dense, Bad[what]));

        Assert.Equal(id, error.ErrorId);
        Assert.NotEmpty(error.Message);
    }

    private static readonly Dictionary<string, LlamaCppSettings> Bad = new()
    {
        ["context"] = new() { ContextLength = 0 },
        ["long context"] = new() { ContextLength = long.MaxValue },
        ["batch"] = new() { BatchSize = 0 },
        ["micro batch"] = new() { MicroBatchSize = -1 },
        ["slots"] = new() { Slots = 257 },
        ["outputs"] = new() { Slots = 8, MaxOutputs = 4 },
        ["main gpu"] = new() { SplitMode = LlamaCppSplitMode.None, MainGpu = 1 },
        ["shares"] = new() { TensorSplit = [1, 1] },
        ["negative share"] = new() { DeviceCount = 2, TensorSplit = [1, -1] },
        ["no share"] = new() { DeviceCount = 2, TensorSplit = [double.NaN, 1] },
        ["row"] = new() { SplitMode = LlamaCppSplitMode.Row },
        ["tensor"] = new() { SplitMode = LlamaCppSplitMode.Tensor },
        ["cache type"] = new() { KeyCacheType = GgufDataTypes.Q4_K },
        ["value cache"] = new() { FlashAttention = FlashAttentionMode.Off, ValueCacheType = GgufDataTypes.Q8_0 },
        ["override"] = new() { TensorOverrides = [TensorOverride.Parse("ffn=CUDA1")] },
    };

    // src/llama-context.cpp: "model does not support different K and V cache types".
    [Fact]
    public void Latent_attention_needs_one_type_for_keys_and_values()
    {
        var settings = new LlamaCppSettings { KeyCacheType = GgufDataTypes.Q8_0 };

        var error = Assert.Throws<LlmMemoryException>(() => LlamaCppMemory.Of(LlamaCppModels.Latent, settings));
        Assert.Equal(ErrorIds.KvCacheTypeUnsupported, error.ErrorId);
        Assert.Equal("F16", error.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ffn")]
    [InlineData("=CPU")]
    [InlineData("ffn=")]
    [InlineData("ffn=DISK")]
    [InlineData("(=CPU")]
    [InlineData("ffn=CUDA99999999999")]
    public void A_rule_for_tensors_that_is_none_is_an_error(string text)
    {
        Assert.Equal(ErrorIds.TensorOverrideInvalid, Assert.Throws<LlmMemoryException>(() => TensorOverride.Parse(text)).ErrorId);
    }

    [Fact]
    public void A_rule_that_backtracks_without_end_is_stopped()
    {
        var settings = new LlamaCppSettings { TensorOverrides = [TensorOverride.Parse("^(([a-z0-9._]+)+)+!=CPU")] };

        var error = Assert.Throws<LlmMemoryException>(() => LlamaCppMemory.Of(LlamaCppModels.Dense, settings));
        Assert.Equal(ErrorIds.TensorOverrideInvalid, error.ErrorId);
    }

    [Fact]
    public void Only_tensors_without_a_model_are_an_error()
    {
        Assert.Throws<System.ArgumentNullException>(() => LlamaCppMemory.Of((LlmModel)null!, new LlamaCppSettings()));
        Assert.Throws<System.ArgumentNullException>(() => LlamaCppMemory.Of(Dense, null!));
    }

    [Theory]
    [InlineData("micro batch of 4096")]
    [InlineData("rounds a context of 1000 tokens to 1024")]
    [InlineData("99 layers are asked for on GPUs, and the model has 23")]
    [InlineData("batch of 2048 tokens is longer than the context")]
    public void What_llama_cpp_clamps_is_an_assumption(string part)
    {
        var settings = new LlamaCppSettings { ContextLength = 1000, MicroBatchSize = 4096, GpuLayers = 99, Slots = 1 };

        Assert.Contains(LlamaCppMemory.Of(Dense, settings).Assumptions, assumption => assumption.Contains(part));
    }

    [Fact]
    public void A_window_that_llama_cpp_ignores_is_an_assumption()
    {
        // Mistral 7B v0.1: a window of 4096 in its configuration, none in llama.cpp.
        const string Config = """
            {"model_type":"mistral","hidden_size":4096,"intermediate_size":14336,"num_hidden_layers":32,"num_attention_heads":32,
             "num_key_value_heads":8,"vocab_size":32000,"max_position_embeddings":32768,"sliding_window":4096}
            """;
        var memory = LlamaCppMemory.Of(ModelReader.FromConfig(Config), new LlamaCppSettings { ContextLength = 32768, Slots = 1 });

        Assert.Contains(memory.Assumptions, assumption => assumption.Contains("no sliding cache"));
        Assert.Equal(32768, Assert.Single(memory.Caches).Cells);
    }
}
