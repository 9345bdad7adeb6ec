using LlmMemory.Errors;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Configurations of GPT-like decoders and Gemma that do not say enough, or contradict themselves.</summary>
public sealed class GptFamilyErrorTests
{
    private const string Mpt = """ "model_type": "mpt", "d_model": 64, "n_layers": 2, "n_heads": 4, "vocab_size": 32 """;

    private const string Neo =
        """ "model_type": "gpt_neo", "hidden_size": 64, "num_layers": 2, "num_heads": 4, "vocab_size": 32, "max_position_embeddings": 8 """;

    private const string Gemma =
        """
        "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
        "intermediate_size": 128, "vocab_size": 32
        """;

    [Theory]
    [InlineData("""{"model_type": "gpt2", "n_embd": 64, "n_layer": 2, "n_head": 4, "vocab_size": 32}""", "n_positions")]
    [InlineData("""{"model_type": "gptj", "n_embd": 64, "n_layer": 2, "vocab_size": 32}""", "num_attention_heads")]
    [InlineData("""{"model_type": "phi", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "vocab_size": 32}""", "intermediate_size")]
    [InlineData("{" + Mpt + """, "attn_config": {"attn_type": "grouped_query_attention"}}""", "kv_n_heads")]
    [InlineData("""{"model_type": "gemma3n_text", """ + Gemma + "}", "hidden_size_per_layer_input")]
    [InlineData("""{"model_type": "gemma4_text", "enable_moe_block": true, """ + Gemma + "}", "num_experts")]
    public void A_dimension_that_nobody_can_know_is_asked_for(string json, string field)
    {
        var error = Assert.Throws<LlmMemoryException>(() => ModelReader.FromConfig(json));

        Assert.Equal((ErrorIds.ConfigFieldMissing, field), (error.ErrorId, error.Value));
    }

    [Theory]
    [InlineData("{" + Mpt + """, "no_bias": false}""", "no_bias")]
    [InlineData("{" + Mpt + """, "attn_config": {"alibi": false}}""", "ALiBi")]
    [InlineData("{" + Mpt + """, "attn_config": {"qk_ln": true}}""", "normalises")]
    [InlineData("{" + Neo + """, "attention_layers": ["global"]}""", "attention_layers")]
    [InlineData("{" + Neo + """, "attention_types": [[["global", "sparse"], 1]]}""", "attention_types")]
    [InlineData("{" + Neo + """, "attention_types": [[["global"], -1]]}""", "attention_types")]
    [InlineData("{" + Neo + """, "attention_types": [[[], 9000000000000]]}""", "attention_types")]
    [InlineData("""{"model_type": "gemma2", "layer_types": ["full_attention"], """ + Gemma + "}", "layer_types")]
    [InlineData("""{"model_type": "gemma4_text", "num_kv_shared_layers": 2, """ + Gemma + "}", "num_kv_shared_layers")]
    [InlineData("""{"model_type": "gemma4_text", "num_kv_shared_layers": 1, """ + Gemma + "}", "num_kv_shared_layers")]
    public void A_configuration_that_cannot_be_right_is_refused_by_the_field_that_is_wrong(string json, string named)
    {
        var error = Assert.Throws<LlmMemoryException>(() => ModelReader.FromConfig(json));

        Assert.Equal(ErrorIds.ConfigFieldInvalid, error.ErrorId);
        Assert.Contains(named, error.Message, System.StringComparison.Ordinal);
    }
}
