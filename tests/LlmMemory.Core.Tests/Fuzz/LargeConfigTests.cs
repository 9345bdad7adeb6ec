using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Fuzz;

/// <summary>
/// Configurations that are made to cost: each of them took the process down, a minute and more, or gigabytes, as the
/// memory that fuzzing measures showed.
/// </summary>
public sealed class LargeConfigTests
{
    private const string Model = """
        "model_type": "deepseek_v3", "hidden_size": 64, "num_hidden_layers": 1000, "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 9,
        "q_lora_rank": 8, "kv_lora_rank": 8, "qk_nope_head_dim": 8, "qk_rope_head_dim": 8, "v_head_dim": 8, "first_k_dense_replace": 1,
        "n_routed_experts": 8, "num_experts_per_tok": 2, "n_shared_experts": 1, "moe_intermediate_size": 64
        """;

    /// <summary>Sets in sets filled the stack of the parser of regular expressions, which nothing catches.</summary>
    [Fact]
    public void A_regular_expression_that_is_too_long_is_refused()
    {
        var nested = "re:" + string.Concat(Enumerable.Repeat("[a-z-", 100_000)) + new string(']', 100_000);

        AssertRefused(Ignoring(nested), "it has 600003 letters, and a good one up to 1024");
    }

    [Theory]
    [InlineData("re:.*layers.{0}.x")]
    [InlineData("*layers.{0}.x*")]
    public void A_list_of_too_many_patterns_is_refused(string pattern)
    {
        var patterns = Enumerable.Range(0, 100_000).Select(i => string.Format(CultureInfo.InvariantCulture, pattern, i));

        AssertRefused(Ignoring([.. patterns]), "it comes after 4096 others");
    }

    /// <summary>A regular expression was made of each, and each module was held against each.</summary>
    [Theory]
    [InlineData("""{"quant_method": "gptq", "bits": 4, "dynamic": {ALL}}""", "quantization_config.dynamic")]
    [InlineData("""{"quant_method": "quark", "layer_quant_config": {ALL}}""", "quantization_config.layer_quant_config")]
    [InlineData("""{"quant_method": "hqq", "quant_config": {ALL}}""", "quantization_config.quant_config")]
    [InlineData("""{"quant_method": "compressed-tensors", "config_groups": {ALL}}""", "quantization_config.config_groups")]
    public void Settings_for_too_many_modules_are_refused(string quantization, string field)
    {
        var all = string.Join(",", Enumerable.Range(0, 100_000).Select(i => $"\"layers.{i}\":{{}}"));

        AssertRefused(quantization.Replace("ALL", all, StringComparison.Ordinal), $"{field} has settings for 100000 modules");
    }

    /// <summary>AutoRound lists every layer that differs: of such a model, tens of thousands.</summary>
    [Fact]
    public void Settings_of_auto_round_for_very_many_modules_are_read_at_once()
    {
        var layers = string.Join(",", Enumerable.Range(0, 100_000).Select(i => $$"""
            "model.layers.{{i / 100}}.x{{i % 100}}": {"bits": {{(i % 2 == 0 ? 8 : 16)}} }
            """));
        var clock = Stopwatch.StartNew();

        var model = Read($$"""{"quant_method": "auto-round", "bits": 4, "group_size": 32, "extra_config": { {{layers}}, "model.layers.7.mlp": {"bits": 8} } }""");

        Assert.Equal("GPTQ-Int8 + GPTQ", model.Quantization);
        Assert.Equal(64 / 4, CodeRows(model, 7));
        Assert.Equal(64 / 8, CodeRows(model, 8));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"It took {clock.Elapsed}.");
    }

    /// <summary>Each module made a text of each of its steps, and each pattern one more.</summary>
    [Fact]
    public void A_list_of_modules_makes_no_texts_for_each_module()
    {
        var patterns = Enumerable.Range(0, 100).SelectMany(i => new[] { $"*.x{i}.*", $"model.layers.{i}.self_attn" });
        var before = GC.GetAllocatedBytesForCurrentThread();

        _ = Read(Ignoring([.. patterns]));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 100 << 20);
    }

    /// <summary>Its distance to each known name was counted, letter by letter.</summary>
    [Fact]
    public void A_long_model_type_is_refused_without_looking_for_its_nearest()
    {
        var json = $$"""{"model_type": "{{new string('x', 1_000_000)}}"}""";
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<LlmMemoryException>(() => ModelReader.FromConfig(json));

        Assert.Equal(ErrorIds.ArchitectureUnknown, error.ErrorId);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 64 << 20);
    }

    // A row of 32-bit numbers holds four codes of 8 bits, or eight of 4 bits, of each output.
    private static long CodeRows(LlmModel model, int layer)
    {
        return model.Tensors.Single(tensor => tensor.Name == $"model.layers.{layer}.mlp.shared_experts.up_proj.qweight").Shape[0];
    }

    private static string Ignoring(params string[] modules)
    {
        return $$"""{"quant_method": "fp8", "modules_to_not_convert": {{JsonSerializer.Serialize(modules)}}}""";
    }

    private static void AssertRefused(string quantization, string mentioned)
    {
        var clock = Stopwatch.StartNew();
        var error = Assert.Throws<LlmMemoryException>(() => Read(quantization));

        Assert.Equal(ErrorIds.ConfigFieldInvalid, error.ErrorId);
        Assert.Contains(mentioned, error.Message, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"It took {clock.Elapsed}.");
    }

    private static LlmModel Read(string quantization)
    {
        return ModelReader.FromConfig($$"""{ {{Model}}, "quantization_config": {{quantization}} }""");
    }
}
