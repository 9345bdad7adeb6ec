using System.IO;
using System.Text.Json.Nodes;

namespace LlmMemory.Core.Tests.Quantization;

/// <summary>Configurations with a quantization_config of any kind.</summary>
internal static class QuantizedConfigs
{
    /// <summary>Llama with sides that every format can hold.</summary>
    public const string Tiny = """
        {"model_type": "llama", "hidden_size": 256, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
         "intermediate_size": 512, "vocab_size": 1000, "torch_dtype": "bfloat16", "tie_word_embeddings": false}
        """;

    /// <summary>Llama 3.1 8B, unquantised.</summary>
    public const string Llama31 = """
        {"model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32,
         "num_key_value_heads": 8, "intermediate_size": 14336, "vocab_size": 128256, "torch_dtype": "bfloat16",
         "tie_word_embeddings": false, "max_position_embeddings": 131072}
        """;

    /// <summary>Mixtral with two layers and few experts.</summary>
    public const string TinyMixture = """
        {"model_type": "mixtral", "hidden_size": 256, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
         "intermediate_size": 512, "vocab_size": 1000, "num_local_experts": 4, "num_experts_per_tok": 2, "torch_dtype": "bfloat16",
         "tie_word_embeddings": false}
        """;

    /// <summary>The configuration with a quantization_config in it.</summary>
    public static string With(this string config, string quantization)
    {
        var node = JsonNode.Parse(config)!.AsObject();
        node["quantization_config"] = JsonNode.Parse(quantization);
        return node.ToJsonString();
    }

    /// <summary>The configuration with its weights in another plain type.</summary>
    public static string In(this string config, string dataType)
    {
        var node = JsonNode.Parse(config)!.AsObject();
        node.Remove("dtype");
        node["torch_dtype"] = dataType;
        return node.ToJsonString();
    }

    /// <summary>A configuration that the tests carry.</summary>
    public static string Carried(string name)
    {
        return File.ReadAllText(ReferenceData.Carried("configs", name + ".json"));
    }
}
