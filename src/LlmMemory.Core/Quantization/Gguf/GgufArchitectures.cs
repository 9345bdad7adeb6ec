using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Naming;

namespace LlmMemory.Quantization.Gguf;

/// <summary>
/// Which models convert_hf_to_gguf converts, and to which of llama.cpp's architectures. Source: ggml-org/llama.cpp,
/// conversion/*.py (ModelBase.register) and gguf-py/gguf/constants.py (MODEL_ARCH_NAMES).
/// </summary>
internal static class GgufArchitectures
{
    private static readonly Dictionary<string, string[]> ModelTypes = new(StringComparer.Ordinal)
    {
        ["llama"] = ["llama", "mistral", "mixtral", "yi", "aquila", "internlm3"],
        ["llama4"] = ["llama4_text"],
        ["mistral3"] = ["ministral3", "ministral"],
        ["deci"] = ["nemotron-nas"],
        ["smollm3"] = ["smollm3"],
        ["arcee"] = ["arcee"],
        ["apertus"] = ["apertus"],
        ["falcon"] = ["falcon", "refinedweb", "refinedwebmodel"],
        ["baichuan"] = ["baichuan"],
        ["gpt2"] = ["gpt2"],
        ["gptneox"] = ["gpt_neox"],
        ["mpt"] = ["mpt"],
        ["starcoder"] = ["gpt_bigcode"],
        ["starcoder2"] = ["starcoder2"],
        ["bert"] = ["bert", "camembert", "distilbert", "roberta", "xlm-roberta"],
        ["modern-bert"] = ["modernbert"],
        ["nomic-bert"] = ["nomic_bert"],
        ["eurobert"] = ["eurobert"],
        ["bloom"] = ["bloom"],
        ["stablelm"] = ["stablelm"],
        ["qwen"] = ["qwen"],
        ["qwen2"] = ["qwen2"],
        ["qwen2moe"] = ["qwen2_moe"],
        ["qwen2vl"] = ["qwen2_vl_text", "qwen2_5_vl_text", "qwen2_vl", "qwen2_5_vl"],
        ["qwen3"] = ["qwen3"],
        ["qwen3moe"] = ["qwen3_moe"],
        ["qwen3next"] = ["qwen3_next"],
        ["qwen3vl"] = ["qwen3_vl_text", "qwen3_vl"],
        ["qwen3vlmoe"] = ["qwen3_vl_moe_text", "qwen3_vl_moe"],
        ["qwen35"] = ["qwen3_5_text", "qwen3_5"],
        ["qwen35moe"] = ["qwen3_5_moe_text", "qwen3_5_moe"],
        ["phi2"] = ["phi"],
        ["phi3"] = ["phi3"],
        ["phimoe"] = ["phimoe"],
        ["orion"] = ["orion"],
        ["internlm2"] = ["internlm2"],
        ["minicpm"] = ["minicpm"],
        ["minicpm3"] = ["minicpm3"],
        ["gemma"] = ["gemma"],
        ["gemma2"] = ["gemma2"],
        ["gemma3"] = ["gemma3_text"],
        ["gemma3n"] = ["gemma3n_text"],
        ["gemma4"] = ["gemma4_text"],
        ["mamba"] = ["mamba", "falcon_mamba"],
        ["mamba2"] = ["mamba2"],
        ["jamba"] = ["jamba"],
        ["falcon-h1"] = ["falcon_h1"],
        ["command-r"] = ["cohere"],
        ["cohere2"] = ["cohere2"],
        ["dbrx"] = ["dbrx"],
        ["olmo"] = ["olmo"],
        ["olmo2"] = ["olmo2", "olmo3"],
        ["olmoe"] = ["olmoe"],
        ["arctic"] = ["arctic"],
        ["grok"] = ["grok-1"],
        ["deepseek"] = ["deepseek"],
        ["deepseek2"] = ["deepseek_v2", "deepseek_v3", "kimi_k2", "glm4_moe_lite"],
        ["deepseek32"] = ["deepseek_v32"],
        ["chatglm"] = ["chatglm", "glm"],
        ["glm4"] = ["glm4"],
        ["glm4moe"] = ["glm4_moe"],
        ["glm-dsa"] = ["glm_moe_dsa"],
        ["t5"] = ["t5", "mt5", "umt5"],
        ["nemotron"] = ["nemotron"],
        ["nemotron_h"] = ["nemotron_h"],
        ["exaone"] = ["exaone"],
        ["exaone4"] = ["exaone4"],
        ["exaone-moe"] = ["exaone_moe"],
        ["granite"] = ["granite"],
        ["granitemoe"] = ["granitemoe", "granitemoeshared"],
        ["granitehybrid"] = ["granitemoehybrid", "bamba"],
        ["bailingmoe"] = ["bailing_moe"],
        ["bailingmoe2"] = ["bailing_moe_v2", "bailing_moe_linear"],
        ["dots1"] = ["dots1"],
        ["afmoe"] = ["afmoe"],
        ["ernie4_5"] = ["ernie4_5"],
        ["ernie4_5-moe"] = ["ernie4_5_moe"],
        ["hunyuan-moe"] = ["hunyuan_v1_moe"],
        ["hunyuan-dense"] = ["hunyuan_v1_dense"],
        ["gpt-oss"] = ["gpt_oss"],
        ["lfm2"] = ["lfm2"],
        ["lfm2moe"] = ["lfm2_moe"],
        ["seed_oss"] = ["seed_oss"],
        ["minimax-m2"] = ["minimax_m2"],
        ["minimax-01"] = ["minimax_text_01"],
        ["kimi-linear"] = ["kimi_linear"],
        ["mimo2"] = ["mimo_v2_flash"],
        ["step35"] = ["step3p5"],
    };

    private static readonly Dictionary<string, string> ByModelType = ModelTypes
        .SelectMany(pair => pair.Value, (pair, modelType) => (modelType, architecture: pair.Key))
        .ToDictionary(pair => pair.modelType, pair => pair.architecture, StringComparer.OrdinalIgnoreCase);

    // Where the layers that draft further tokens are converted along with the others.
    private static readonly HashSet<string> WithDrafts = new(StringComparer.Ordinal)
    {
        "deepseek32", "glm4moe", "glm-dsa", "qwen3next", "qwen35", "qwen35moe", "exaone4", "exaone-moe", "bailingmoe2",
        "nemotron_h", "mimo2", "step35",
    };

    // Where query, key and value lie in one tensor and are taken apart.
    private static readonly HashSet<string> WithSplitAttention = new(StringComparer.Ordinal)
    {
        "baichuan", "internlm2", "bailingmoe", "minimax-01",
    };

    // Where a layer without attention has no key heads in the metadata: what is looked up is the first layer's.
    private static readonly HashSet<string> WithKeyHeadsPerLayer = new(StringComparer.Ordinal)
    {
        "granitehybrid", "jamba", "lfm2", "lfm2moe", "nemotron_h", "kimi-linear",
    };

    /// <summary>The architecture that models of a model_type become.</summary>
    /// <param name="modelType">The model_type.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.GgufConversionUnknown"/>.</exception>
    public static string Find(string modelType)
    {
        if (ByModelType.TryGetValue(modelType, out var architecture))
        {
            return architecture;
        }

        var nearest = NearestSpellings.Find(modelType, ByModelType.Keys).ToList();
        var hint = nearest.Count > 0 ? $" It converts {string.Join(", ", nearest)}." : string.Empty;
        throw new LlmMemoryException(
            ErrorIds.GgufConversionUnknown,
            modelType,
            $"No conversion of {Quoted.Value(modelType)} models to GGUF is known, so the size of a GGUF mixture cannot be "
            + $"told.{hint} Give the GGUF file of the model, or another data type: BF16.");
    }

    /// <summary>
    /// The architecture of a model whose tensors are those of a GGUF file: its own name where a file was read, and the
    /// one that it becomes where a configuration was.
    /// </summary>
    /// <param name="name">The architecture, or a model_type.</param>
    public static string OfFile(string name)
    {
        return ModelTypes.ContainsKey(name) || !ByModelType.TryGetValue(name, out var architecture) ? name : architecture;
    }

    /// <summary>True where the layers that draft further tokens are converted too.</summary>
    public static bool KeepsDrafts(string architecture)
    {
        return WithDrafts.Contains(architecture);
    }

    /// <summary>True where a fused query, key and value is taken apart.</summary>
    public static bool SplitsQueryKeyValue(string architecture)
    {
        return WithSplitAttention.Contains(architecture);
    }

    /// <summary>True where the metadata has key heads for each layer, and none for layers without attention.</summary>
    public static bool HasKeyHeadsPerLayer(string architecture)
    {
        return WithKeyHeadsPerLayer.Contains(architecture);
    }
}
