using System.Linq;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

public sealed class ServingTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    [Fact]
    public void Several_values_of_several_settings_are_as_many_estimates_the_last_setting_changing_fastest()
    {
        var result = session.Run(
            "Get-LlmMemoryEstimate -Model llama-3.1-8b -Engine vLLM -ContextLength 8k,32k,128k -Concurrency 1,16,64 -KvCacheType bf16,fp8").Clean();

        var expected = from context in new[] { 8192, 32768, 131072 }
                       from concurrency in new[] { 1, 16, 64 }
                       from type in new[] { "bf16", "fp8" }
                       select $"{context} {concurrency} {type}";
        Assert.Equal(expected, result.Select(item => $"{item.Get("ContextLength")} {item.Get("Concurrency")} {item.Get("KvCacheType")}"));
    }

    [Fact]
    public void A_model_alone_is_its_weights_and_any_setting_of_serving_is_more()
    {
        var weights = session.Run("Get-LlmModel llama-3.1-8b | Get-LlmMemoryEstimate").Single();
        var serving = session.Run("Get-LlmModel llama-3.1-8b | Get-LlmMemoryEstimate -Concurrency 1").Single();

        Assert.Null(weights.Get("Engine"));
        Assert.Null(weights.Get("KvCacheBytes"));
        Assert.Equal("Generic", serving.Get("Engine"));
        Assert.True((long)serving.Get("TotalBytes")! > (long)weights.Get("TotalBytes")!);
    }

    // 32 layers x 8 heads x (128 + 128) elements x 2 bytes = 131,072 bytes for each token.
    [Theory]
    [InlineData("-ContextLength 8k", 8192L * 131_072)]
    [InlineData("-ContextLength 8192", 8192L * 131_072)]
    [InlineData("-ContextLength '8K'", 8192L * 131_072)]
    [InlineData("-c 8k -Concurrency 3", 3 * 8192L * 131_072)]
    [InlineData("-PromptLength 1000 -OutputLength 24", 1024L * 131_072)]
    [InlineData("-ContextLength 8k -KvCacheType fp8", 8192L * 65_536)]
    [InlineData("-ContextLength 8k -TP 2", 8192L * 131_072)]
    [InlineData("-ContextLength 8k -TP 16", 16 * 8192L * 16_384)]
    public void The_textbook_caches_keys_and_values_of_every_token(string settings, long bytes)
    {
        Assert.Equal(bytes, session.Run($"Get-LlmMemoryEstimate -Model llama-3.1-8b {settings}").Single().Get("KvCacheBytes"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Concurrency 4 ")]
    public void An_estimate_of_serving_pipes_back_to_itself(string settings)
    {
        var result = session.Run(
            $"$first = Get-LlmMemoryEstimate -Model qwen3-8b -ContextLength 8k -DeviceMemory 80GB {settings}"
            + "-Engine Generic,LlamaCpp,Ollama,LMStudio,vLLM,SGLang,TensorRT-LLM,Transformers; $first; $first | Get-LlmMemoryEstimate").Clean();

        var totals = result.Select(item => $"{item.Get("Engine")} {item.Get("TotalBytes")}").ToList();
        Assert.Equal(16, totals.Count);
        Assert.Equal(totals.Take(8), totals.Skip(8));
    }

    [Fact]
    public void A_bad_record_leaves_the_rest_alone()
    {
        var result = session.Run(
            "@{ Model = 'gpt2'; ContextLength = '1k' }, @{ Model = 'gpt2'; ContextLength = 'long' }, @{ Model = 'gpt2'; TensorParallel = 5 }, "
            + "@{ Model = 'gpt2'; KvCacheType = 'q8_0' }, @{ Model = 'gpt2'; Concurrency = 2 } | "
            + "ForEach-Object { [pscustomobject]$_ } | Get-LlmMemoryEstimate -Engine vLLM");

        Assert.Equal(2, result.Output.Count);
        Assert.Equal(
            ["ServingSettingInvalid", "EngineRefusesSetting", "KvCacheTypeUnsupported"],
            result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(["long", 5, "q8_0"], result.Errors.Select(error => error.TargetObject));
    }

    [Fact]
    public void A_count_of_parameters_has_no_cache_and_a_warning_says_so()
    {
        var result = session.Run("Get-LlmMemoryEstimate 7B -ContextLength 8k");

        Assert.Equal(14_000_000_000, result.Output.Single().Get("TotalBytes"));
        Assert.Contains("-Model", Assert.Single(result.Warnings), System.StringComparison.Ordinal);
    }

    [Fact]
    public void What_vLLM_cannot_start_with_comes_out_as_a_refusal()
    {
        var capacity = session.Run("(Get-LlmMemoryEstimate -Model llama-3.1-70b -Engine vLLM -DeviceMemory 80GB).Capacity").Single();

        Assert.Equal(false, capacity.Get("Starts"));
        Assert.Contains("-TensorParallel", (string)capacity.Get("Refusal")!, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_that_an_engine_does_not_have_is_named()
    {
        var estimate = session.Run("Get-LlmMemoryEstimate -Model gpt2 -Engine vLLM -GpuLayers 10").Single();

        Assert.Contains(
            (System.Collections.Generic.IEnumerable<string>)estimate.Get("Assumptions")!,
            sentence => sentence.StartsWith("-GpuLayers has no effect", System.StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-LlmMemoryEstimate -Engine ll", "LlamaCpp")]
    [InlineData("Get-LlmMemoryEstimate -KvCacheType q8", "q8_0")]
    [InlineData("Get-LlmMemoryEstimate -ContextLength 3", "32k")]
    [InlineData("Get-LlmMemoryEstimate -SplitMode ", "layer")]
    public void Settings_complete(string line, string completion)
    {
        var offered = session.Run($"(TabExpansion2 -inputScript '{line}' -cursorColumn {line.Length}).CompletionMatches.CompletionText").Clean();

        Assert.Contains(completion, offered.Select(item => item.ToString()));
    }
}
