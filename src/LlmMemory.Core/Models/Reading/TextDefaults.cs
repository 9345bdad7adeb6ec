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
