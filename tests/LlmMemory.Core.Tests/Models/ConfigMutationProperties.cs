using System.Linq;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LlmMemory.Errors;
using LlmMemory.Models.Reading;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Whatever stands in a field of a configuration, the model is read or refused with an error of the engine's own.</summary>
[Properties(Arbitrary = [typeof(ConfigMutationProperties)], MaxTest = 2000)]
public sealed class ConfigMutationProperties
{
    private static readonly string[] Values =
    [
        "0", "-1", "1", "3", "7", "1073741824", "99999999999999", "1e300", "0.5", "true", "null", "\"auto\"", "\"M*-\"",
        "\"\"", "[]", "{}", "[1, 2]", "[-1]", "[\"mamba\"]", "[\"attention\", \"hybrid\"]", "[null]",
    ];

    /// <summary>A configuration of each family, with a few layers.</summary>
    private static readonly string[] Configurations =
    [
        """{"model_type": "bert", "architectures": ["BertForMaskedLM"], "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 9, "max_position_embeddings": 8, "type_vocab_size": 2, "id2label": {"0": "a"}}""",
        """{"model_type": "deberta-v2", "architectures": ["DebertaV2ForSequenceClassification"], "hidden_size": 64, "embedding_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "vocab_size": 9, "max_position_embeddings": 8, "position_buckets": 8, "share_att_key": false, "pos_att_type": "c2p|p2c", "conv_kernel_size": 3, "conv_groups": 2, "norm_rel_ebd": "none"}""",
        """{"model_type": "modernbert", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "vocab_size": 9, "local_attention": 8, "global_attn_every_n_layers": 3}""",
        """{"model_type": "t5", "d_model": 64, "d_ff": 64, "num_heads": 4, "d_kv": 16, "num_layers": 2, "num_decoder_layers": 2, "vocab_size": 9, "feed_forward_proj": "gated-gelu"}""",
        """{"model_type": "marian", "d_model": 64, "encoder_layers": 2, "decoder_layers": 2, "encoder_ffn_dim": 8, "decoder_ffn_dim": 8, "encoder_attention_heads": 4, "decoder_attention_heads": 4, "vocab_size": 9, "decoder_vocab_size": 9, "share_encoder_decoder_embeddings": false, "max_position_embeddings": 8}""",
        """{"model_type": "whisper", "d_model": 64, "encoder_layers": 2, "decoder_layers": 2, "encoder_ffn_dim": 8, "decoder_ffn_dim": 8, "encoder_attention_heads": 4, "decoder_attention_heads": 4, "vocab_size": 9, "num_mel_bins": 8, "max_source_positions": 8, "max_target_positions": 8}""",
        """{"model_type": "mamba", "hidden_size": 64, "num_hidden_layers": 2, "expand": 2, "state_size": 4, "conv_kernel": 4, "time_step_rank": "auto", "vocab_size": 9}""",
        """{"model_type": "bamba", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "vocab_size": 9, "mamba_n_heads": 8, "mamba_d_head": "auto", "mamba_d_state": 4, "mamba_d_conv": 4, "mamba_expand": 2, "attn_layer_indices": [1]}""",
        """{"model_type": "zamba2", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "vocab_size": 9, "mamba_d_state": 4, "mamba_d_conv": 4, "n_mamba_heads": 8, "mamba_expand": 2, "layers_block_type": ["hybrid", "mamba"], "num_mem_blocks": 1, "adapter_rank": 4, "use_shared_attention_adapter": true}""",
        """{"model_type": "recurrent_gemma", "hidden_size": 64, "num_hidden_layers": 3, "num_attention_heads": 4, "head_dim": 16, "vocab_size": 9, "lru_width": 64, "conv1d_width": 4, "block_types": ["recurrent", "attention"], "attention_window_size": 8}""",
        """{"model_type": "rwkv7", "hidden_size": 64, "num_hidden_layers": 2, "head_dim": 64, "decay_low_rank_dim": 4, "a_low_rank_dim": 4, "v_low_rank_dim": 4, "gate_low_rank_dim": 4, "hidden_ratio": 4, "vocab_size": 9, "value_dim": [64, 64]}""",
        """{"model_type": "lfm2", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "vocab_size": 9, "block_ff_dim": 96, "block_multiple_of": 16, "block_ffn_dim_multiplier": 1.0, "conv_L_cache": 3, "full_attn_idxs": [1]}""",
        """{"model_type": "olmo_hybrid", "hidden_size": 64, "num_hidden_layers": 4, "num_attention_heads": 4, "vocab_size": 9, "linear_num_key_heads": 4, "linear_key_head_dim": 12}""",
        """{"model_type": "qwen3_5_text", "hidden_size": 64, "num_hidden_layers": 4, "num_attention_heads": 4, "head_dim": 16, "intermediate_size": 64, "vocab_size": 9, "linear_num_key_heads": 2, "linear_num_value_heads": 4, "linear_key_head_dim": 8, "linear_value_head_dim": 8, "linear_conv_kernel_dim": 4, "full_attention_interval": 4, "mtp_num_hidden_layers": 1}""",
        """{"model_type": "nemotron_h", "hidden_size": 64, "num_attention_heads": 4, "head_dim": 16, "intermediate_size": 64, "vocab_size": 9, "hybrid_override_pattern": "M*-", "mamba_num_heads": 8, "mamba_head_dim": 16, "n_groups": 2, "ssm_state_size": 4, "conv_kernel": 4, "num_nextn_predict_layers": 1, "mtp_hybrid_override_pattern": "*-"}""",
        """{"model_type": "exaone4", "hidden_size": 64, "num_hidden_layers": 4, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16, "intermediate_size": 64, "vocab_size": 9, "sliding_window": 8, "sliding_window_pattern": "LLLG", "layer_types": null, "use_sliding_window": true, "tie_word_embeddings": false}""",
        """{"model_type": "mimo", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": [64, 64], "vocab_size": 9, "max_window_layers": 1, "sliding_window": 8, "use_sliding_window": true, "num_nextn_predict_layers": 1}""",
        """{"model_type": "chatglm", "hidden_size": 64, "num_layers": 2, "num_attention_heads": 4, "kv_channels": 16, "ffn_hidden_size": 64, "padded_vocab_size": 9, "multi_query_attention": true, "multi_query_group_num": 2, "add_qkv_bias": true}""",
        """{"model_type": "mllama_text_model", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 9, "cross_attention_layers": [1]}""",
        """{"model_type": "nemotron-nas", "hidden_size": 64, "num_attention_heads": 4, "vocab_size": 9, "num_hidden_layers": 1, "block_configs": [{"attention": {"n_heads_in_group": 2}, "ffn": {"ffn_mult": 2.5}}]}""",
        """{"model_type": "deci", "hidden_size": 64, "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 9, "num_hidden_layers": 2, "num_key_value_heads_per_layer": [1, 2]}""",
    ];

    /// <summary>A configuration with one field changed or gone.</summary>
    public sealed record Mutated(string Json);

    /// <summary>Changes one field of one configuration.</summary>
    public static Arbitrary<Mutated> Mutations()
    {
        var mutations = from configuration in Gen.Elements(Configurations)
                        from field in Gen.Elements(JsonNode.Parse(configuration)!.AsObject().Select(member => member.Key).Skip(1).ToArray())
                        from value in Gen.Elements(Values.Append(null).ToArray())
                        select new Mutated(Change(configuration, field, value));
        return mutations.ToArbitrary();
    }

    [Property]
    public bool It_is_read_or_refused_by_an_error_of_its_own(Mutated given)
    {
        try
        {
            return ModelReader.FromConfig(given.Json).Parameters >= 0;
        }
        catch (LlmMemoryException error)
        {
            return error.Message.Length > 0;
        }
    }

    private static string Change(string configuration, string field, string? value)
    {
        var node = JsonNode.Parse(configuration)!.AsObject();
        node.Remove(field);
        if (value is not null)
        {
            node[field] = JsonNode.Parse(value);
        }

        return node.ToJsonString();
    }
}
