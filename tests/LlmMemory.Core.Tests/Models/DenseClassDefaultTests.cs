using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models.Blocks;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>What the classes of dense decoders say where a configuration leaves it out: configuration_*.py of transformers.</summary>
public sealed class DenseClassDefaultTests
{
    [Theory]
    [InlineData("qwen3", 128)]
    [InlineData("glm", 128)]
    [InlineData("glm4", 128)]
    [InlineData("seed_oss", 128)]
    [InlineData("helium", 128)]
    [InlineData("ernie4_5", 128)]
    [InlineData("ministral3", 128)]
    [InlineData("gemma", 256)]
    [InlineData("gemma3_text", 256)]
    [InlineData("llama", 16)]
    [InlineData("mistral", 16)]
    public void A_head_is_as_wide_as_the_class_says(string modelType, int headSize)
    {
        Assert.Equal(headSize, FirstAttention(modelType).HeadSize);
        Assert.Equal(32, FirstAttention(modelType, "\"head_dim\": 32").HeadSize);
        Assert.Equal(16, FirstAttention(modelType, "\"head_dim\": null").HeadSize);
    }

    [Theory]
    [InlineData("glm", true)]
    [InlineData("glm4", true)]
    [InlineData("seed_oss", true)]
    [InlineData("qwen2", true)]
    [InlineData("llama", false)]
    [InlineData("qwen3", false)]
    public void Query_key_and_value_have_the_bias_that_the_class_says(string modelType, bool bias)
    {
        Assert.Equal(bias, FirstAttention(modelType).QkvBias);
    }

    [Theory]
    [InlineData("smollm3", true)]
    [InlineData("starcoder2", true)]
    [InlineData("gemma", true)]
    [InlineData("ernie4_5", true)]
    [InlineData("cohere2", true)]
    [InlineData("llama", false)]
    [InlineData("qwen2", false)]
    [InlineData("bitnet", false)]
    [InlineData("exaone4", false)]
    public void The_head_is_the_embedding_where_the_class_says_so(string modelType, bool ties)
    {
        Assert.Equal(ties, DecoderConfigs.Read(modelType).Architecture!.TiesEmbeddings);
    }

    [Fact]
    public void Each_layer_of_DeciLM_7B_has_its_own_key_heads()
    {
        var model = DecoderConfigs.Read("deci", "\"num_hidden_layers\": 2, \"num_key_value_heads_per_layer\": [1, 4]");

        Assert.Equal(
            [1, 4], model.Layers!.Select(layer => ((GroupedQueryAttention)layer.Mixers.Single()).KeyValueHeads));
    }

    [Fact]
    public void BitNet_normalises_before_the_projections_that_lead_out()
    {
        var model = DecoderConfigs.Read("bitnet");

        Assert.Equal(64, model.Tensors.Single(tensor => tensor.Name == "model.layers.0.self_attn.attn_sub_norm.weight").Parameters);
        Assert.Equal(96, model.Tensors.Single(tensor => tensor.Name == "model.layers.0.mlp.ffn_sub_norm.weight").Parameters);
    }

    [Theory]
    [InlineData("nemotron-nas", "\"num_hidden_layers\": 1, \"block_configs\": [{\"attention\": {\"n_heads_in_group\": 8}, \"ffn\": {\"no_op\": true}}]")]
    [InlineData("deci", "\"num_key_value_heads_per_layer\": [4, 0, 4, 4, 4, 4]")]
    [InlineData("deci", "\"num_key_value_heads_per_layer\": [4]")]
    [InlineData("llama", "\"intermediate_size\": [96]")]
    [InlineData("llama", "\"intermediate_size\": [96, 96, 0, 96, 96, 96]")]
    public void Heads_and_widths_that_layers_cannot_have_are_refused(string modelType, string fields)
    {
        var error = Assert.Throws<LlmMemoryException>(() => DecoderConfigs.Read(modelType, fields));

        Assert.Equal(ErrorIds.ConfigFieldInvalid, error.ErrorId);
    }

    private static GroupedQueryAttention FirstAttention(string modelType, string fields = "")
    {
        return (GroupedQueryAttention)DecoderConfigs.Read(modelType, fields).Layers![0].Mixers.Single();
    }
}
