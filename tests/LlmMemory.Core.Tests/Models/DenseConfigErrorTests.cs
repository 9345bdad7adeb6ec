using LlmMemory.Errors;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>What a dense family cannot know from its configuration is an error that names the field.</summary>
public sealed class DenseConfigErrorTests
{
    [Theory]
    [InlineData("llama", "\"intermediate_size\": null", "intermediate_size")]
    [InlineData("llama", "\"num_attention_heads\": null", "num_attention_heads")]
    [InlineData("llama", "\"vocab_size\": null", "vocab_size")]
    [InlineData("gpt2", "\"max_position_embeddings\": null", "n_positions")]
    [InlineData("chatglm", "", "ffn_hidden_size")]
    [InlineData("mllama_text_model", "", "cross_attention_layers")]
    [InlineData("gemma3n_text", "", "hidden_size_per_layer_input")]
    [InlineData("gemma4_text", "\"enable_moe_block\": true", "num_experts")]
    [InlineData("deci", "", "block_configs")]
    [InlineData("nemotron-nas", "\"num_hidden_layers\": 1, \"block_configs\": [{\"ffn\": {\"no_op\": true}}]", "attention")]
    [InlineData("nemotron-nas", "\"num_hidden_layers\": 1, \"block_configs\": [{\"attention\": {\"no_op\": true}, \"ffn\": {}}]", "ffn_mult")]
    public void A_field_without_which_the_count_would_be_a_guess_is_missed(string modelType, string fields, string field)
    {
        var error = Assert.Throws<LlmMemoryException>(() => DecoderConfigs.Read(modelType, fields));

        Assert.Equal(ErrorIds.ConfigFieldMissing, error.ErrorId);
        Assert.Contains(field, error.Message);
    }

    [Theory]
    [InlineData("gemma3_text", "\"layer_types\": [\"full_attention\"]", "names 1 layers, and the model has 6")]
    [InlineData("llama", "\"intermediate_size\": [96]", "names 1 layers, and the model has 6")]
    [InlineData("llama", "\"intermediate_size\": [96, 96, 0, 96, 96, 96]", "width 0")]
    [InlineData("gemma4_text", "\"num_kv_shared_layers\": 6", "num_kv_shared_layers")]
    [InlineData("gemma4_text", "\"num_kv_shared_layers\": 3", "is of its kind")]
    [InlineData("mllama_text_model", "\"cross_attention_layers\": [1, 6]", "names layer 6")]
    [InlineData("nemotron-nas", "\"block_configs\": [{}]", "describes 1 layers, and the model has 6")]
    [InlineData("nemotron-nas", "\"num_hidden_layers\": 1, \"block_configs\": [{\"attention\": {\"no_op\": true}, \"ffn\": {\"ffn_mult\": 1e30}}]", "ffn_mult")]
    [InlineData("nemotron-nas", "\"num_hidden_layers\": 1, \"block_configs\": [{\"attention\": {\"n_heads_in_group\": 8}, \"ffn\": {\"no_op\": true}}]", "n_heads_in_group")]
    [InlineData("deci", "\"num_key_value_heads_per_layer\": [4, 0, 4, 4, 4, 4]", "num_key_value_heads_per_layer")]
    [InlineData("mpt", "\"no_bias\": false", "no_bias")]
    [InlineData("mpt", "\"attn_config\": {\"alibi\": false}", "ALiBi")]
    [InlineData("mimo", "\"num_nextn_predict_layers\": 100000", "num_nextn_predict_layers")]
    public void A_field_that_contradicts_another_or_that_no_model_has_is_refused(string modelType, string fields, string reason)
    {
        var error = Assert.Throws<LlmMemoryException>(() => DecoderConfigs.Read(modelType, fields));

        Assert.Equal(ErrorIds.ConfigFieldInvalid, error.ErrorId);
        Assert.Contains(reason, error.Message);
    }
}
