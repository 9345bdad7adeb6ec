using System;
using System.Collections.Generic;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Reading;

/// <summary>
/// What the configuration classes of language models say for fields that a text_config leaves out. Older files of
/// LLaVA name little more than the model_type, those of Gemma 3 only what differs from its smallest member. Whether
/// the embedding is the head is left to the families. Sources: configuration_*.py of each model under
/// transformers/models.
/// </summary>
internal static class TextDefaults
{
    private static readonly ClassDefaults Table = new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["llama"] = """
            {"vocab_size": 32000, "hidden_size": 4096, "intermediate_size": 11008, "num_hidden_layers": 32,
             "num_attention_heads": 32, "max_position_embeddings": 2048}
            """,
        ["mistral"] = """
            {"vocab_size": 32000, "hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": 32,
             "num_attention_heads": 32, "num_key_value_heads": 8, "max_position_embeddings": 131072, "sliding_window": 4096}
            """,
        ["mistral4"] = """
            {"vocab_size": 131072, "hidden_size": 4096, "intermediate_size": 12288, "moe_intermediate_size": 2048,
             "num_hidden_layers": 36, "num_attention_heads": 32, "num_key_value_heads": 32, "n_shared_experts": 1,
             "n_routed_experts": 128, "num_experts_per_tok": 4, "first_k_dense_replace": 0, "kv_lora_rank": 256,
             "q_lora_rank": 1024, "qk_rope_head_dim": 64, "qk_nope_head_dim": 64, "v_head_dim": 128,
             "max_position_embeddings": 1048576}
            """,
        ["mixtral"] = """
            {"vocab_size": 32000, "hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": 32,
             "num_attention_heads": 32, "num_key_value_heads": 8, "max_position_embeddings": 131072,
             "num_local_experts": 8, "num_experts_per_tok": 2}
            """,
        ["qwen2"] = """
            {"vocab_size": 151936, "hidden_size": 4096, "intermediate_size": 22016, "num_hidden_layers": 32,
             "num_attention_heads": 32, "num_key_value_heads": 32, "max_position_embeddings": 32768,
             "use_sliding_window": false}
            """,
        ["qwen2_vl_text"] = """
            {"vocab_size": 152064, "hidden_size": 8192, "intermediate_size": 29568, "num_hidden_layers": 80,
             "num_attention_heads": 64, "num_key_value_heads": 8, "max_position_embeddings": 32768,
             "use_sliding_window": false}
            """,
        ["qwen2_5_vl_text"] = """
            {"vocab_size": 152064, "hidden_size": 8192, "intermediate_size": 29568, "num_hidden_layers": 80,
             "num_attention_heads": 64, "num_key_value_heads": 8, "max_position_embeddings": 32768,
             "use_sliding_window": false}
            """,
        ["qwen3"] = """
            {"vocab_size": 151936, "hidden_size": 4096, "intermediate_size": 22016, "num_hidden_layers": 32,
             "num_attention_heads": 32, "num_key_value_heads": 32, "head_dim": 128, "max_position_embeddings": 32768,
             "use_sliding_window": false}
            """,
        ["qwen3_vl_text"] = """
            {"vocab_size": 151936, "hidden_size": 4096, "intermediate_size": 22016, "num_hidden_layers": 32,
             "num_attention_heads": 32, "num_key_value_heads": 32, "head_dim": 128, "max_position_embeddings": 128000}
            """,
        ["gemma"] = """
            {"vocab_size": 256000, "hidden_size": 3072, "intermediate_size": 24576, "num_hidden_layers": 28,
             "num_attention_heads": 16, "num_key_value_heads": 16, "head_dim": 256, "max_position_embeddings": 8192}
            """,
        ["gemma2"] = """
            {"vocab_size": 256000, "hidden_size": 2304, "intermediate_size": 9216, "num_hidden_layers": 26,
             "num_attention_heads": 8, "num_key_value_heads": 4, "head_dim": 256, "max_position_embeddings": 8192,
             "sliding_window": 4096}
            """,
        ["gemma3_text"] = """
            {"vocab_size": 262208, "hidden_size": 2304, "intermediate_size": 9216, "num_hidden_layers": 26,
             "num_attention_heads": 8, "num_key_value_heads": 4, "head_dim": 256, "max_position_embeddings": 131072,
             "sliding_window": 4096, "sliding_window_pattern": 6}
            """,
        ["gemma3n_text"] = """
            {"vocab_size": 262400, "hidden_size": 2048, "intermediate_size": 16384, "num_hidden_layers": 35,
             "num_attention_heads": 8, "num_key_value_heads": 2, "head_dim": 256, "max_position_embeddings": 32768,
             "sliding_window": 512, "sliding_window_pattern": 5, "vocab_size_per_layer_input": 262144,
             "hidden_size_per_layer_input": 256, "altup_num_inputs": 4, "laurel_rank": 64, "num_kv_shared_layers": 15}
            """,
        ["gemma4_text"] = """
            {"vocab_size": 262144, "hidden_size": 2304, "intermediate_size": 9216, "num_hidden_layers": 30,
             "num_attention_heads": 8, "num_key_value_heads": 4, "head_dim": 256, "global_head_dim": 512,
             "max_position_embeddings": 131072, "sliding_window": 512, "sliding_window_pattern": 6,
             "vocab_size_per_layer_input": 262144, "hidden_size_per_layer_input": 256}
            """,
        ["llama4_text"] = """
            {"vocab_size": 202048, "hidden_size": 5120, "intermediate_size": 8192, "intermediate_size_mlp": 16384,
             "num_hidden_layers": 48, "num_attention_heads": 40, "num_key_value_heads": 8, "head_dim": 128,
             "max_position_embeddings": 131072, "num_local_experts": 16, "num_experts_per_tok": 1,
             "interleave_moe_layer_step": 1, "attention_chunk_size": 8192, "no_rope_layer_interval": 4}
            """,
        ["mllama_text_model"] = """
            {"vocab_size": 128256, "hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": 40,
             "num_attention_heads": 32, "num_key_value_heads": 8, "max_position_embeddings": 131072,
             "cross_attention_layers": [3, 8, 13, 18, 23, 28, 33, 38]}
            """,
        ["glm4v_text"] = """
            {"vocab_size": 151552, "hidden_size": 4096, "intermediate_size": 13696, "num_hidden_layers": 40,
             "num_attention_heads": 32, "num_key_value_heads": 2, "max_position_embeddings": 32768}
            """,
        ["qwen3_5_text"] = """
            {"vocab_size": 248320, "hidden_size": 4096, "intermediate_size": 12288, "num_hidden_layers": 32,
             "num_attention_heads": 16, "num_key_value_heads": 4, "head_dim": 256, "max_position_embeddings": 32768,
             "linear_conv_kernel_dim": 4, "linear_key_head_dim": 128, "linear_value_head_dim": 128,
             "linear_num_key_heads": 16, "linear_num_value_heads": 32, "full_attention_interval": 4}
            """,
        ["cohere2"] = """
            {"vocab_size": 256000, "hidden_size": 8192, "intermediate_size": 22528, "num_hidden_layers": 40,
             "num_attention_heads": 64, "max_position_embeddings": 8192, "sliding_window": 4096,
             "sliding_window_pattern": 4}
            """,
        ["persimmon"] = """
            {"vocab_size": 262144, "hidden_size": 4096, "intermediate_size": 16384, "num_hidden_layers": 36,
             "num_attention_heads": 64, "max_position_embeddings": 16384, "qk_layernorm": true}
            """,
    });

    /// <summary>The language model's configuration with what its class says for the fields that it leaves out.</summary>
    /// <param name="text">The configuration.</param>
    /// <param name="modelType">The model_type that names its class.</param>
    public static ModelConfig Complete(ModelConfig text, string modelType)
    {
        return Table.Complete(text, modelType);
    }
}
