using System.Linq;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LlmMemory.Errors;
using LlmMemory.Models.Reading;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Whatever stands in a field of a configuration, the model is read or refused with an error of the engine's own.</summary>
[Properties(Arbitrary = [typeof(ConfigMutationProperties)], MaxTest = 3000)]
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
        """{"model_type": "mimo", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 9, "num_nextn_predict_layers": 1, "sliding_window": 8, "use_sliding_window": true, "max_window_layers": 1}""",
        """{"model_type": "exaone4", "hidden_size": 64, "num_hidden_layers": 4, "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 9, "sliding_window": 8, "sliding_window_pattern": "LLG"}""",
        """{"model_type": "chatglm", "hidden_size": 64, "num_layers": 2, "num_attention_heads": 4, "ffn_hidden_size": 64, "padded_vocab_size": 9, "kv_channels": 16, "multi_query_attention": true, "multi_query_group_num": 2}""",
        """{"model_type": "stablelm", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 9, "use_parallel_residual": true, "qk_layernorm": true}""",
        """{"model_type": "mllama_text_model", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 9, "cross_attention_layers": [1]}""",
        """{"model_type": "nemotron-nas", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "vocab_size": 9, "block_configs": [{"attention": {"n_heads_in_group": 2}, "ffn": {"ffn_mult": 1.5}}, {"attention": {"replace_with_linear": true}, "ffn": {"no_op": true}}]}""",
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
        """{"model_type": "gpt2", "n_embd": 64, "n_layer": 2, "n_head": 4, "n_inner": 64, "n_positions": 8, "vocab_size": 9}""",
        """{"model_type": "gpt_bigcode", "n_embd": 64, "n_layer": 2, "n_head": 4, "n_positions": 8, "vocab_size": 9, "multi_query": false}""",
        """{"model_type": "gpt_neo", "hidden_size": 64, "num_layers": 2, "num_heads": 4, "max_position_embeddings": 8, "vocab_size": 9, "window_size": 8, "attention_types": [[["global", "local"], 1]]}""",
        """{"model_type": "opt", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "ffn_dim": 64, "max_position_embeddings": 8, "vocab_size": 9, "word_embed_proj_dim": 32, "do_layer_norm_before": false}""",
        """{"model_type": "mpt", "d_model": 64, "n_layers": 2, "n_heads": 4, "vocab_size": 9, "max_seq_len": 8, "expansion_ratio": 4, "attn_config": {"attn_type": "grouped_query_attention", "kv_n_heads": 2}}""",
        """{"model_type": "falcon", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "vocab_size": 9, "num_kv_heads": 2, "new_decoder_architecture": true, "num_ln_in_parallel_attn": 1}""",
        """{"model_type": "starcoder2", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 9, "sliding_window": 8}""",
        """{"model_type": "gemma3n_text", "hidden_size": 64, "num_hidden_layers": 6, "num_attention_heads": 4, "intermediate_size": [64, 64, 64, 64, 64, 64], "vocab_size": 9, "vocab_size_per_layer_input": 9, "hidden_size_per_layer_input": 8, "altup_num_inputs": 2, "laurel_rank": 4, "num_kv_shared_layers": 1, "sliding_window": 8}""",
        """{"model_type": "gemma4_text", "hidden_size": 64, "num_hidden_layers": 3, "num_attention_heads": 4, "num_key_value_heads": 2, "global_head_dim": 32, "num_global_key_value_heads": 1, "attention_k_eq_v": true, "intermediate_size": 64, "vocab_size": 9, "layer_types": ["sliding_attention", "full_attention", "full_attention"], "num_kv_shared_layers": 1, "use_double_wide_mlp": true, "enable_moe_block": true, "num_experts": 4, "top_k_experts": 2, "moe_intermediate_size": 8}""",
        """{"model_type": "qwen3_moe", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16, "intermediate_size": 64, "vocab_size": 9, "num_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 8, "decoder_sparse_step": 1, "mlp_only_layers": [0]}""",
        """{"model_type": "glm4_moe", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 9, "n_routed_experts": 4, "num_experts_per_tok": 2, "n_shared_experts": 1, "moe_intermediate_size": 8, "first_k_dense_replace": 1, "num_nextn_predict_layers": 1, "moe_layer_freq": [1, 1]}""",
        """{"model_type": "llama4_text", "hidden_size": 64, "num_hidden_layers": 4, "num_attention_heads": 4, "intermediate_size": 64, "intermediate_size_mlp": 64, "vocab_size": 9, "num_local_experts": 4, "num_experts_per_tok": 1, "interleave_moe_layer_step": 2, "moe_layers": [1], "no_rope_layers": [1, 1, 1, 0], "attention_chunk_size": 8, "layer_types": ["chunked_attention", "full_attention", "full_attention", "full_attention"]}""",
        """{"model_type": "ernie4_5_moe", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 9, "moe_num_experts": 4, "moe_k": 2, "moe_intermediate_size": 8, "moe_num_shared_experts": 1, "moe_layer_start_index": 1, "moe_layer_end_index": 1, "moe_layer_interval": 1, "num_nextn_predict_layers": 1}""",
        """{"model_type": "hunyuan_v1_moe", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 9, "num_experts": 4, "moe_topk": [2, 2], "num_shared_expert": [1, 1], "moe_intermediate_size": [8, 8]}""",
        """{"model_type": "exaone_moe", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 9, "num_experts": 4, "num_experts_per_tok": 2, "num_shared_experts": 1, "moe_intermediate_size": 8, "mlp_layer_types": ["dense", "sparse"], "num_nextn_predict_layers": 1, "sliding_window": 8}""",
        """{"model_type": "dbrx", "d_model": 64, "n_layers": 2, "n_heads": 4, "vocab_size": 9, "attn_config": {"kv_n_heads": 2}, "ffn_config": {"moe_num_experts": 4, "moe_top_k": 2, "ffn_hidden_size": 8}}""",
        """{"model_type": "jamba", "hidden_size": 64, "num_hidden_layers": 4, "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 9, "num_experts": 4, "num_experts_per_tok": 2, "attn_layer_period": 4, "attn_layer_offset": 1, "expert_layer_period": 2, "expert_layer_offset": 1, "mamba_dt_rank": "auto"}""",
        """{"model_type": "minimax_text_01", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "head_dim": 16, "intermediate_size": 64, "vocab_size": 9, "num_local_experts": 4, "num_experts_per_tok": 2, "attn_type_list": [0, 1]}""",
        """{"model_type": "qwen3_5_moe_text", "hidden_size": 64, "num_hidden_layers": 4, "num_attention_heads": 4, "head_dim": 16, "vocab_size": 9, "linear_num_key_heads": 2, "linear_num_value_heads": 4, "linear_key_head_dim": 8, "linear_value_head_dim": 8, "linear_conv_kernel_dim": 4, "num_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 8, "shared_expert_intermediate_size": 8, "mtp_num_hidden_layers": 1}""",
        """{"model_type": "glm_moe_dsa", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 9, "q_lora_rank": 8, "kv_lora_rank": 8, "qk_nope_head_dim": 8, "qk_rope_head_dim": 8, "v_head_dim": 8, "index_n_heads": 2, "index_head_dim": 8, "index_topk": 4, "index_topk_freq": 2, "index_topk_pattern": "FS", "mlp_layer_types": ["dense", "sparse"], "first_k_dense_replace": 1, "n_routed_experts": 8, "num_experts_per_tok": 2, "n_shared_experts": 1, "moe_intermediate_size": 16, "num_nextn_predict_layers": 1, "topk_method": "noaux_tc"}""",
        """{"model_type": "deepseek_v4", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "head_dim": 16, "vocab_size": 9, "q_lora_rank": 8, "qk_rope_head_dim": 8, "o_groups": 2, "o_lora_rank": 8, "sliding_window": 8, "compress_ratios": [0, 4, 0], "index_n_heads": 2, "index_head_dim": 8, "index_topk": 4, "hc_mult": 2, "num_hash_layers": 1, "n_routed_experts": 8, "num_experts_per_tok": 2, "n_shared_experts": 1, "moe_intermediate_size": 16, "num_nextn_predict_layers": 1}""",
        """{"model_type": "longcat_flash", "hidden_size": 64, "num_layers": 2, "num_attention_heads": 4, "ffn_hidden_size": 64, "vocab_size": 9, "q_lora_rank": 8, "kv_lora_rank": 8, "qk_nope_head_dim": 8, "qk_rope_head_dim": 8, "v_head_dim": 8, "n_routed_experts": 8, "zero_expert_num": 4, "moe_topk": 2, "expert_ffn_hidden_size": 16, "num_nextn_predict_layers": 1}""",
        """{"model_type": "kimi_linear", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 9, "kv_lora_rank": 8, "qk_nope_head_dim": 8, "qk_rope_head_dim": 8, "v_head_dim": 8, "linear_attn_config": {"head_dim": 16, "num_heads": 4, "short_conv_kernel_size": 4, "full_attn_layers": [2]}, "first_k_dense_replace": 1, "num_experts": 8, "num_experts_per_token": 2, "num_shared_experts": 1, "moe_intermediate_size": 16, "routed_expert_hidden_size": 32}""",
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
            var model = ModelReader.FromConfig(given.Json);
            return model.Parameters >= 0 && model.ActiveParameters >= 0;
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
