using System;
using LlmMemory.Errors;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Fuzz;

/// <summary>Configurations that fuzzing found, cut down to what was wrong.</summary>
public sealed class FoundConfigTests
{
    private const string Frame = """
        "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 9, "moe_intermediate_size": 8
        """;

    /// <summary>More weights were active than the model has.</summary>
    [Theory]
    [InlineData("gemma4_text", "\"enable_moe_block\": true, \"num_experts\": 4, \"top_k_experts\": 6", "top_k_experts")]
    [InlineData("hunyuan_v1_moe", "\"num_experts\": 4, \"moe_topk\": [6, 6]", "moe_topk")]
    [InlineData("hunyuan_v1_moe", "\"num_experts\": 4, \"num_experts_per_tok\": 6", "num_experts_per_tok")]
    [InlineData("jamba", "\"num_experts\": 4, \"num_experts_per_tok\": 6", "num_experts_per_tok")]
    [InlineData("qwen3_moe", "\"num_experts\": 4, \"num_experts_per_tok\": 6", "num_experts_per_tok")]
    public void More_experts_for_a_token_than_there_are_name_the_field(string modelType, string fields, string field)
    {
        var error = Refused($$"""{"model_type": "{{modelType}}", {{Frame}}, {{fields}}}""");

        Assert.Equal(ErrorIds.ConfigFieldInvalid, error.ErrorId);
        Assert.Contains($": {field} chooses 6 of 4 experts.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_jamba_with_one_expert_has_none_to_choose()
    {
        var model = ModelReader.FromConfig($$"""{"model_type": "jamba", {{Frame}}, "num_experts": 1}""");

        Assert.Equal(model.Parameters, model.ActiveParameters);
    }

    /// <summary>The error spoke of a data type as if the user had asked for it, and did not name the field.</summary>
    [Theory]
    [InlineData("\"torch_dtype\": \"bfloat!6\"", "torch_dtype")]
    [InlineData("\"dtype\": \"bfloat!6\"", "dtype")]
    [InlineData("\"torch_dtype\": null, \"text_config\": {\"torch_dtype\": \"bfloat!6\"}", "text_config.torch_dtype")]
    public void A_data_type_that_nobody_knows_names_the_field(string fields, string field)
    {
        var error = Refused($$"""{"model_type": "llama", {{Frame}}, {{fields}}}""");

        Assert.Equal(ErrorIds.ConfigFieldInvalid, error.ErrorId);
        Assert.Equal("bfloat!6", error.Value);
        Assert.Contains($": {field} is 'bfloat!6', and no data type of that name is known", error.Message, StringComparison.Ordinal);
    }

    private static LlmMemoryException Refused(string json)
    {
        return Assert.Throws<LlmMemoryException>(() => ModelReader.FromConfig(json));
    }
}
