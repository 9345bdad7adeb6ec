using System.Text;
using LlmMemory.Core.Tests.Safetensors;

namespace LlmMemory.Tests.Models;

/// <summary>The files of a Llama of two layers.</summary>
internal static class TinyModel
{
    public const long Parameters = 139_584;

    public const string Config = """
        {
          "model_type": "llama", "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2,
          "num_attention_heads": 4, "num_key_value_heads": 2, "vocab_size": 512, "max_position_embeddings": 2048,
          "tie_word_embeddings": false, "torch_dtype": "bfloat16"
        }
        """;

    public static byte[] ConfigBytes => Encoding.UTF8.GetBytes(Config);

    public static SafetensorsBuilder Safetensors()
    {
        var builder = new SafetensorsBuilder()
            .Add("model.embed_tokens.weight", "BF16", 512, 64)
            .Add("lm_head.weight", "BF16", 512, 64)
            .Add("model.norm.weight", "BF16", 64);
        for (var layer = 0; layer < 2; layer++)
        {
            AddLayer(builder, $"model.layers.{layer}");
        }

        return builder;
    }

    /// <summary>The whole file, its weights zero.</summary>
    public static byte[] SafetensorsBytes()
    {
        var builder = Safetensors();
        return [.. builder.Header(), .. new byte[builder.DataLength]];
    }

    private static void AddLayer(SafetensorsBuilder builder, string layer)
    {
        builder
            .Add($"{layer}.input_layernorm.weight", "BF16", 64)
            .Add($"{layer}.self_attn.q_proj.weight", "BF16", 64, 64)
            .Add($"{layer}.self_attn.k_proj.weight", "BF16", 32, 64)
            .Add($"{layer}.self_attn.v_proj.weight", "BF16", 32, 64)
            .Add($"{layer}.self_attn.o_proj.weight", "BF16", 64, 64)
            .Add($"{layer}.post_attention_layernorm.weight", "BF16", 64)
            .Add($"{layer}.mlp.gate_proj.weight", "BF16", 128, 64)
            .Add($"{layer}.mlp.up_proj.weight", "BF16", 128, 64)
            .Add($"{layer}.mlp.down_proj.weight", "BF16", 64, 128);
    }
}
