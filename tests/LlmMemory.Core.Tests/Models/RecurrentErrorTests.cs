using LlmMemory.Errors;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Configurations of hybrids and encoders that contradict themselves are refused with a sentence.</summary>
public sealed class RecurrentErrorTests
{
    [Theory]
    [InlineData(
        """{"model_type": "lfm2", "hidden_size": 64, "num_hidden_layers": 3, "num_attention_heads": 4, "vocab_size": 9, "intermediate_size": 64, "conv_L_cache": 3, "layer_types": ["conv"]}""",
        "ConfigFieldInvalid", "layer_types")]
    [InlineData(
        """{"model_type": "lfm2", "hidden_size": 64, "num_hidden_layers": 1, "num_attention_heads": 4, "vocab_size": 9, "intermediate_size": 64, "conv_L_cache": 3, "layer_types": ["mlstm"]}""",
        "ConfigFieldInvalid", "mlstm")]
    [InlineData(
        """{"model_type": "lfm2", "hidden_size": 64, "num_hidden_layers": 1, "num_attention_heads": 4, "vocab_size": 9, "intermediate_size": 64, "conv_L_cache": 3}""",
        "ConfigFieldMissing", "layer_types")]
    [InlineData(
        """{"model_type": "lfm2", "hidden_size": 64, "num_hidden_layers": 1, "num_attention_heads": 4, "vocab_size": 9, "block_ff_dim": 64, "block_ffn_dim_multiplier": 1e300, "conv_L_cache": 3, "layer_types": ["conv"]}""",
        "ConfigFieldInvalid", "block_ffn_dim_multiplier")]
    [InlineData(
        """{"model_type": "bert", "hidden_size": 65, "num_hidden_layers": 1, "num_attention_heads": 4, "vocab_size": 9, "max_position_embeddings": 8}""",
        "ConfigFieldInvalid", "65")]
    [InlineData(
        """{"model_type": "bert", "hidden_size": 64, "num_hidden_layers": 1, "num_attention_heads": 4, "vocab_size": 9}""",
        "ConfigFieldMissing", "max_position_embeddings")]
    [InlineData(
        """{"model_type": "whisper", "d_model": 64, "encoder_layers": 1000000, "encoder_attention_heads": 4, "encoder_ffn_dim": 8, "decoder_layers": 1, "decoder_attention_heads": 4, "decoder_ffn_dim": 8, "vocab_size": 9, "num_mel_bins": 8, "max_source_positions": 8, "max_target_positions": 8}""",
        "ConfigFieldInvalid", "1000000")]
    [InlineData(
        """{"model_type": "recurrent_gemma", "hidden_size": 64, "num_hidden_layers": 1, "num_attention_heads": 7, "vocab_size": 9, "lru_width": 64}""",
        "ConfigFieldInvalid", "lru_width")]
    [InlineData(
        """{"model_type": "zamba2", "hidden_size": 64, "num_hidden_layers": 1, "num_attention_heads": 4, "vocab_size": 9, "mamba_d_state": 4, "mamba_d_conv": 4, "n_mamba_heads": 7, "layers_block_type": ["mamba"]}""",
        "ConfigFieldInvalid", "n_mamba_heads")]
    [InlineData(
        """{"model_type": "t5", "d_model": 1073741824, "d_ff": 1073741824, "num_heads": 1073741824, "d_kv": 1073741824, "num_layers": 1, "vocab_size": 9}""",
        "ModelTooLarge", "64 bits")]
    public void It_is_refused_with_the_field_in_the_sentence(string json, string id, string mentioned)
    {
        var error = Assert.Throws<LlmMemoryException>(() => ModelReader.FromConfig(json));

        Assert.Equal(id, error.ErrorId);
        Assert.Contains(mentioned, error.Message);
    }
}
