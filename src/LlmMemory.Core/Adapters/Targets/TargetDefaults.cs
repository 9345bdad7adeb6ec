using System;
using System.Collections.Generic;

namespace LlmMemory.Adapters.Targets;

/// <summary>
/// The modules that PEFT adapts when none are said, by method and by the model_type of the configuration. Source:
/// huggingface/peft src/peft/utils/constants.py at commit 5d602fdb (2026-08), TRANSFORMERS_MODELS_TO_*_MAPPING.
/// </summary>
internal static class TargetDefaults
{
    private static readonly Dictionary<string, string[]> LoraModules = new(StringComparer.Ordinal)
    {
        ["t5"] = ["q", "v"],
        ["mt5"] = ["q", "v"],
        ["bart"] = ["q_proj", "v_proj"],
        ["gpt2"] = ["c_attn"],
        ["bloom"] = ["query_key_value"],
        ["blip-2"] = ["q", "v", "q_proj", "v_proj"],
        ["opt"] = ["q_proj", "v_proj"],
        ["gptj"] = ["q_proj", "v_proj"],
        ["gpt_neox"] = ["query_key_value"],
        ["gpt_neo"] = ["q_proj", "v_proj"],
        ["bert"] = ["query", "value"],
        ["roberta"] = ["query", "value"],
        ["xlm-roberta"] = ["query", "value"],
        ["electra"] = ["query", "value"],
        ["deberta-v2"] = ["query_proj", "value_proj"],
        ["deberta"] = ["in_proj"],
        ["layoutlm"] = ["query", "value"],
        ["llama"] = ["q_proj", "v_proj"],
        ["llama4"] = ["q_proj", "v_proj"],
        ["chatglm"] = ["query_key_value"],
        ["gpt_bigcode"] = ["c_attn"],
        ["mpt"] = ["Wqkv"],
        ["RefinedWebModel"] = ["query_key_value"],
        ["RefinedWeb"] = ["query_key_value"],
        ["falcon"] = ["query_key_value"],
        ["btlm"] = ["c_proj", "c_attn"],
        ["codegen"] = ["qkv_proj"],
        ["mistral"] = ["q_proj", "v_proj"],
        ["mixtral"] = ["q_proj", "v_proj"],
        ["stablelm"] = ["q_proj", "v_proj"],
        ["phi"] = ["q_proj", "v_proj", "fc1", "fc2"],
        ["gemma"] = ["q_proj", "v_proj"],
        ["gemma2"] = ["q_proj", "v_proj"],
        ["gemma3_text"] = ["q_proj", "v_proj"],
        ["gemma4"] = [@"re:.*language_model\..*\.(q_proj|v_proj)"],
        ["qwen2"] = ["q_proj", "v_proj"],
        ["qwen3"] = ["q_proj", "v_proj"],
        ["nemotron_h"] = ["q_proj", "k_proj", "v_proj", "o_proj"],
        ["rwkv"] = ["key", "value", "receptance", "output"],
        ["rwkv7"] = ["r_proj", "k_proj", "v_proj", "o_proj", "key", "value"],
    };

    private static readonly Dictionary<string, string[]> AdaLoraModules = new(StringComparer.Ordinal)
    {
        ["t5"] = ["q", "k", "v", "o", "wi", "wo"],
        ["mt5"] = ["q", "k", "v", "o", "wi_0", "wi_1", "wo"],
        ["bart"] = ["q_proj", "k_proj", "v_proj", "out_proj", "fc1", "fc2"],
        ["gpt2"] = ["c_attn"],
        ["bloom"] = ["query_key_value"],
        ["opt"] = ["q_proj", "k_proj", "v_proj", "out_proj", "fc1", "fc2"],
        ["gptj"] = ["q_proj", "v_proj"],
        ["gpt_neox"] = ["query_key_value"],
        ["gpt_neo"] = ["q_proj", "v_proj"],
        ["llama"] = ["q_proj", "v_proj"],
        ["llama4"] = ["q_proj", "v_proj"],
        ["bert"] = ["query", "value"],
        ["roberta"] = ["query", "key", "value", "dense"],
        ["deberta-v2"] = ["query_proj", "key_proj", "value_proj", "dense"],
        ["gpt_bigcode"] = ["c_attn"],
        ["deberta"] = ["in_proj"],
        ["gemma"] = ["q_proj", "v_proj"],
        ["gemma2"] = ["q_proj", "v_proj"],
        ["gemma3_text"] = ["q_proj", "v_proj"],
        ["gemma4"] = [@"re:.*language_model\..*\.(q_proj|v_proj)"],
        ["qwen2"] = ["q_proj", "v_proj"],
        ["qwen3"] = ["q_proj", "v_proj"],
        ["nemotron_h"] = ["q_proj", "k_proj", "v_proj", "o_proj"],
    };

    private static readonly Dictionary<string, string[]> Ia3Modules = new(StringComparer.Ordinal)
    {
        ["t5"] = ["k", "v", "wo"],
        ["mt5"] = ["k", "v", "wi_1"],
        ["gpt2"] = ["c_attn", "mlp.c_proj"],
        ["bloom"] = ["query_key_value", "mlp.dense_4h_to_h"],
        ["roberta"] = ["key", "value", "output.dense"],
        ["opt"] = ["q_proj", "k_proj", "fc2"],
        ["gptj"] = ["q_proj", "v_proj", "fc_out"],
        ["gpt_neox"] = ["query_key_value", "dense_4h_to_h"],
        ["gpt_neo"] = ["q_proj", "v_proj", "c_proj"],
        ["bart"] = ["q_proj", "v_proj", "fc2"],
        ["gpt_bigcode"] = ["c_attn", "mlp.c_proj"],
        ["llama"] = ["k_proj", "v_proj", "down_proj"],
        ["llama4"] = ["q_proj", "v_proj", "down_proj"],
        ["mistral"] = ["k_proj", "v_proj", "down_proj"],
        ["mixtral"] = ["k_proj", "v_proj", "w2"],
        ["bert"] = ["key", "value", "output.dense"],
        ["deberta-v2"] = ["key_proj", "value_proj", "output.dense"],
        ["deberta"] = ["in_proj", "output.dense"],
        ["RefinedWebModel"] = ["query_key_value", "dense_4h_to_h"],
        ["RefinedWeb"] = ["query_key_value", "dense_4h_to_h"],
        ["falcon"] = ["query_key_value", "dense_4h_to_h"],
        ["phi"] = ["q_proj", "v_proj", "fc2"],
        ["gemma"] = ["q_proj", "v_proj", "down_proj"],
        ["gemma2"] = ["q_proj", "v_proj", "down_proj"],
        ["gemma3_text"] = ["q_proj", "v_proj", "down_proj"],
        ["qwen2"] = ["q_proj", "v_proj", "down_proj"],
        ["qwen3"] = ["q_proj", "v_proj", "down_proj"],
    };

    private static readonly Dictionary<string, string[]> Ia3FeedForwardModules = new(StringComparer.Ordinal)
    {
        ["t5"] = ["wo"],
        ["mt5"] = [],
        ["gpt2"] = ["mlp.c_proj"],
        ["bloom"] = ["mlp.dense_4h_to_h"],
        ["roberta"] = ["output.dense"],
        ["opt"] = ["fc2"],
        ["gptj"] = ["fc_out"],
        ["gpt_neox"] = ["dense_4h_to_h"],
        ["gpt_neo"] = ["c_proj"],
        ["bart"] = ["fc2"],
        ["gpt_bigcode"] = ["mlp.c_proj"],
        ["llama"] = ["down_proj"],
        ["llama4"] = ["down_proj"],
        ["mistral"] = ["down_proj"],
        ["mixtral"] = ["w2"],
        ["bert"] = ["output.dense"],
        ["deberta-v2"] = ["output.dense"],
        ["deberta"] = ["output.dense"],
        ["RefinedWeb"] = ["dense_4h_to_h"],
        ["RefinedWebModel"] = ["dense_4h_to_h"],
        ["falcon"] = ["dense_4h_to_h"],
        ["phi"] = ["fc2"],
        ["gemma"] = ["down_proj"],
        ["gemma2"] = ["down_proj"],
        ["gemma3_text"] = ["down_proj"],
        ["qwen2"] = ["down_proj"],
        ["qwen3"] = ["down_proj"],
    };

    private static readonly Dictionary<string, string[]> LnTuningModules = new(StringComparer.Ordinal)
    {
        ["llama"] = ["input_layernorm", "post_attention_layernorm", "norm"],
        ["bloom"] = ["input_layernorm", "post_attention_layernorm", "ln_f"],
        ["llava"] = ["multi_modal_projector", "input_layernorm", "post_attention_layernorm", "norm", "embed_tokens", "lm_head"],
        ["t5"] = ["layer_norm", "final_layer_norm"],
        ["mt5"] = ["layer_norm", "final_layer_norm"],
        ["bart"] = ["self_attn_layer_norm", "encoder_attn_layer_norm", "final_layer_norm"],
        ["gpt2"] = ["ln_1", "ln_2", "ln_f"],
        ["blip-2"] = ["layernorm", "LayerNorm", "final_layer_norm", "self_attn_layer_norm"],
        ["gptj"] = ["ln_1", "ln_f"],
        ["falcon"] = ["input_layernorm", "post_attention_layernorm", "ln_f"],
        ["mistral"] = ["input_layernorm", "post_attention_layernorm", "norm"],
        ["phi"] = ["input_layernorm", "final_layernorm"],
        ["gemma"] = ["input_layernorm", "post_attention_layernorm", "norm"],
        ["gemma2"] = ["input_layernorm", "post_attention_layernorm", "pre_feedforward_layernorm", "post_feedforward_layernorm", "norm"],
        ["gemma3_text"] = ["input_layernorm", "post_attention_layernorm", "pre_feedforward_layernorm", "post_feedforward_layernorm", "norm"],
        ["qwen2"] = ["post_attention_layernorm"],
        ["qwen3"] = ["post_attention_layernorm"],
    };

    /// <summary>LoRA's; LoHa, LoKr, OFT, BOFT and MiSS have the same.</summary>
    public static IReadOnlyList<string>? Lora(string modelType)
    {
        return Find(LoraModules, modelType);
    }

    /// <summary>VeRA's: LoRA's but for Phi.</summary>
    public static IReadOnlyList<string>? Vera(string modelType)
    {
        return modelType == "phi" ? ["q_proj", "v_proj"] : Find(LoraModules, modelType);
    }

    /// <summary>AdaLoRA's.</summary>
    public static IReadOnlyList<string>? AdaLora(string modelType)
    {
        return Find(AdaLoraModules, modelType);
    }

    /// <summary>IA3's.</summary>
    public static IReadOnlyList<string>? Ia3(string modelType)
    {
        return Find(Ia3Modules, modelType);
    }

    /// <summary>Those of IA3 that are scaled at their input.</summary>
    public static IReadOnlyList<string>? Ia3FeedForward(string modelType)
    {
        return Find(Ia3FeedForwardModules, modelType);
    }

    /// <summary>LN tuning's.</summary>
    public static IReadOnlyList<string>? LnTuning(string modelType)
    {
        return Find(LnTuningModules, modelType);
    }

    private static string[]? Find(Dictionary<string, string[]> table, string modelType)
    {
        return table.TryGetValue(modelType, out var names) ? names : null;
    }
}
