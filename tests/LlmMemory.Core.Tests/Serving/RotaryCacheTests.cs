using System;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation.Serving;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Serving;

/// <summary>
/// The rotary tables of a rank of vLLM: positions x the width that is turned x 2 bytes (vllm/model_executor/layers/
/// rotary_embedding: get_rope, mrope.py, yarn_scaling_rope.py, phi3_long_rope_scaled_rope.py).
/// </summary>
public sealed class RotaryCacheTests
{
    private const string Base = """
        {"model_type": "llama", "hidden_size": 1024, "num_hidden_layers": 2, "num_attention_heads": 8, "head_dim": 128,
         "intermediate_size": 2048, "vocab_size": 1024, "max_position_embeddings": 32768
        """;

    [Theory]
    [InlineData("llama-3.1-8b", 131_072L * 128 * 2)]

    // A quarter of 256, once; and with positions in time, height and width, four times.
    [InlineData("qwen3-next-80b-a3b", 262_144L * 64 * 2)]
    [InlineData("qwen3.6-27b", 262_144L * 64 * 4 * 2)]
    [InlineData("qwen2.5-vl-7b", 128_000L * 128 * 4 * 2)]

    // Half of 128, three quarters of 128, four tenths of 80.
    [InlineData("glm-4.5-air-106b-a12b", 131_072L * 64 * 2)]
    [InlineData("phi-4-mini", 131_072L * 96 * 2)]
    [InlineData("phi-2", 2_048L * 32 * 2)]
    [InlineData("minimax-m2-229b-a10b", 196_608L * 64 * 2)]

    // A quarter is turned, but the table spans the whole head, 512 wide; 256 in layers that slide.
    [InlineData("gemma-4-31b", 262_144L * (512 + 256) * 2)]

    // No positions in attention, or biases.
    [InlineData("nemotron-h-8b", 0)]
    [InlineData("falcon-rw-1b", 0)]
    public void A_table_is_as_wide_as_what_positions_turn(string model, long expected)
    {
        Assert.Equal(expected, Rotary(EngineModels.Of("vLLM", model)));
    }

    [Theory]
    [InlineData("", 32_768L * 128)]
    [InlineData("\"rope_scaling\": {\"rope_type\": \"linear\", \"factor\": 4.0}", 32_768L * 4 * 128)]
    [InlineData("\"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 4.0, \"original_max_position_embeddings\": 32768}", 32_768L * 4 * 128)]
    [InlineData("\"rope_scaling\": {\"rope_type\": \"longrope\"}, \"original_max_position_embeddings\": 4096", 36_864L * 128)]
    [InlineData("\"rope_scaling\": {\"rope_type\": \"dynamic\", \"factor\": 2.0}", 32_768L * 2 * 128)]
    [InlineData("\"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 8.0, \"original_max_position_embeddings\": 8192}", 32_768L * 128)]
    [InlineData("\"rope_parameters\": {\"rope_type\": \"default\", \"partial_rotary_factor\": 0.25}", 32_768L * 32)]
    [InlineData("\"rope_parameters\": {\"rope_type\": \"default\", \"mrope_section\": [16, 24, 24]}", 32_768L * 4 * 128)]
    [InlineData("\"rotary_pct\": 0.5", 32_768L * 64)]
    [InlineData("\"rotary_dim\": 96", 32_768L * 96)]
    [InlineData("\"rotary_dim\": 96, \"partial_rotary_factor\": 0.5", 32_768L * 64)]
    [InlineData("\"position_embedding_type\": \"nope\"", 0)]
    public void The_configuration_says_how_much(string field, long elements)
    {
        Assert.Equal(elements * 2, Rotary(ServingEngines.All.Find("vLLM").Prepare(Read(field))));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1.5")]
    [InlineData("-0.5")]
    public void A_share_above_a_head_is_no_share(string share)
    {
        var error = Assert.Throws<LlmMemoryException>(() => Read($"\"partial_rotary_factor\": {share}"));

        Assert.Equal(ErrorIds.ConfigFieldInvalid, error.ErrorId);
        Assert.Contains("partial_rotary_factor", error.Message, StringComparison.Ordinal);
    }

    // SGLang's table is in 32 bits, and not longer for positions in time.
    [Fact]
    public void SGLang_turns_the_same_width()
    {
        Assert.Equal(262_144L * 64 * 4, Rotary(EngineModels.Of("SGLang", "qwen3.6-27b")));
    }

    private static LlmModel Read(string field)
    {
        var text = Base + (field.Length == 0 ? string.Empty : ", " + field) + "}";
        return ModelReader.FromConfig(text);
    }

    private static long Rotary(PreparedModel model)
    {
        var estimate = model.Estimate(new InferenceWorkload { ContextLength = 2048 });
        return estimate.Components.Where(part => part.Name == "Rotary cache").Sum(part => part.Bytes);
    }
}
