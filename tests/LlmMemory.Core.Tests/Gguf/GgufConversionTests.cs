using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Quantization;
using LlmMemory.Quantization.Gguf;
using Xunit;

namespace LlmMemory.Core.Tests.Gguf;

/// <summary>A model read from its configuration and converted is the same, tensor by tensor, as one read from its GGUF file.</summary>
public sealed class GgufConversionTests
{
    // The configurations are those of the models, reduced to the fields that their shapes follow from.
    [SharedDataTheory("gguf")]
    [InlineData("llama2-7b", """{"model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32, "intermediate_size": 11008, "vocab_size": 32000}""")]
    [InlineData("llama3.1-8b", """{"model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 14336, "vocab_size": 128256, "rope_scaling": {"rope_type": "llama3"}}""")]
    [InlineData("llama3.1-70b", """{"model_type": "llama", "hidden_size": 8192, "num_hidden_layers": 80, "num_attention_heads": 64, "num_key_value_heads": 8, "intermediate_size": 28672, "vocab_size": 128256, "rope_scaling": {"rope_type": "llama3"}}""")]
    [InlineData("llama3.2-1b", """{"model_type": "llama", "hidden_size": 2048, "num_hidden_layers": 16, "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 8192, "vocab_size": 128256, "tie_word_embeddings": true, "rope_scaling": {"rope_type": "llama3"}}""")]
    [InlineData("tinyllama-1.1b", """{"model_type": "llama", "hidden_size": 2048, "num_hidden_layers": 22, "num_attention_heads": 32, "num_key_value_heads": 4, "intermediate_size": 5632, "vocab_size": 32000}""")]
    [InlineData("mistral-7b-v0.3", """{"model_type": "mistral", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 14336, "vocab_size": 32768}""")]
    [InlineData("qwen2.5-0.5b", """{"model_type": "qwen2", "hidden_size": 896, "num_hidden_layers": 24, "num_attention_heads": 14, "num_key_value_heads": 2, "intermediate_size": 4864, "vocab_size": 151936, "tie_word_embeddings": true}""")]
    [InlineData("qwen2.5-7b", """{"model_type": "qwen2", "hidden_size": 3584, "num_hidden_layers": 28, "num_attention_heads": 28, "num_key_value_heads": 4, "intermediate_size": 18944, "vocab_size": 152064}""")]
    [InlineData("qwen3-4b", """{"model_type": "qwen3", "hidden_size": 2560, "num_hidden_layers": 36, "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 128, "intermediate_size": 9728, "vocab_size": 151936, "tie_word_embeddings": true}""")]
    [InlineData("qwen3-8b", """{"model_type": "qwen3", "hidden_size": 4096, "num_hidden_layers": 36, "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 128, "intermediate_size": 12288, "vocab_size": 151936}""")]
    [InlineData("mamba-2.8b", """{"model_type": "mamba", "hidden_size": 2560, "num_hidden_layers": 64, "intermediate_size": 5120, "state_size": 16, "time_step_rank": 160, "conv_kernel": 4, "vocab_size": 50280, "tie_word_embeddings": true}""")]
    [InlineData("falcon-mamba-7b", """{"model_type": "falcon_mamba", "hidden_size": 4096, "num_hidden_layers": 64, "intermediate_size": 8192, "state_size": 16, "time_step_rank": 256, "conv_kernel": 4, "vocab_size": 65024, "tie_word_embeddings": false, "use_conv_bias": true, "use_bias": false}""")]
    [InlineData("falcon-h1-7b", """{"model_type": "falcon_h1", "hidden_size": 3072, "num_hidden_layers": 44, "num_attention_heads": 12, "num_key_value_heads": 2, "head_dim": 128, "intermediate_size": 12288, "vocab_size": 130048, "tie_word_embeddings": false, "mamba_d_ssm": 3072, "mamba_n_heads": 24, "mamba_d_head": 128, "mamba_d_state": 256, "mamba_n_groups": 1, "mamba_d_conv": 4, "mamba_rms_norm": false, "mamba_conv_bias": true}""")]
    [InlineData("deepseek-v2-lite", """{"model_type": "deepseek_v2", "hidden_size": 2048, "num_hidden_layers": 27, "num_attention_heads": 16, "intermediate_size": 10944, "vocab_size": 102400, "kv_lora_rank": 512, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "v_head_dim": 128, "moe_intermediate_size": 1408, "n_routed_experts": 64, "num_experts_per_tok": 6, "n_shared_experts": 2, "first_k_dense_replace": 1}""")]
    [InlineData("gemma2-9b", """{"model_type": "gemma2", "hidden_size": 3584, "num_hidden_layers": 42, "num_attention_heads": 16, "num_key_value_heads": 8, "head_dim": 256, "intermediate_size": 14336, "vocab_size": 256000}""")]
    [InlineData("gemma3-1b", """{"model_type": "gemma3_text", "hidden_size": 1152, "num_hidden_layers": 26, "num_attention_heads": 4, "num_key_value_heads": 1, "head_dim": 256, "intermediate_size": 6912, "vocab_size": 262144, "sliding_window": 512}""")]
    public void The_converted_tensors_are_those_of_the_file(string name, string config)
    {
        var fromConfig = ModelReader.FromConfig(config);
        var fromFile = ModelReader.FromGguf(new GgufSpec(name + "-F16").File(), name);

        Assert.Equal(fromConfig.Parameters, fromFile.Parameters);
        foreach (var scheme in GgufMixtures.All.Where(scheme => scheme.Name is "GGUF-F16" or "Q8_0" or "Q4_K_M" or "Q3_K_M" or "IQ2_M"))
        {
            Assert.Equal(Described(scheme.Quantize(fromFile)), Described(scheme.Quantize(fromConfig)));
        }
    }

    /// <summary>Every model of the catalogue that can be read is converted, or refused because its conversion is unknown.</summary>
    [SharedDataFact("catalogue.json")]
    public void Converted_models_keep_their_text_weights_and_have_no_name_twice()
    {
        var scheme = GgufMixtures.All.Single(scheme => scheme.Name == "Q4_K_M");
        var catalogue = JsonDocument.Parse(File.ReadAllText(ReferenceData.Shared("catalogue.json"))).RootElement;
        var converted = 0;
        foreach (var config in catalogue.EnumerateArray().Select(row => row.GetProperty("config").GetRawText()))
        {
            if (Read(config) is not { } model || Quantize(scheme, model) is not { } quantized)
            {
                continue;
            }

            converted++;
            Assert.Equal(quantized.Tensors.Count, quantized.Tensors.Select(tensor => tensor.Name).Distinct().Count());
            var poolers = model.Tensors.Where(tensor => tensor.Role == nameof(TensorRole.Pooler)).Sum(tensor => tensor.Parameters);
            Assert.Equal(model.TextParameters - poolers, quantized.TextParameters);
            Assert.Contains(quantized.MtpParameters, new[] { 0, model.MtpParameters });
        }

        Assert.True(converted > 100, $"only {converted} models were converted");
    }

    private static LlmModel? Read(string config)
    {
        try
        {
            return ModelReader.FromConfig(config);
        }
        catch (LlmMemoryException)
        {
            return null;
        }
    }

    private static LlmModel? Quantize(QuantizationScheme scheme, LlmModel model)
    {
        try
        {
            return scheme.Quantize(model);
        }
        catch (LlmMemoryException error) when (error.ErrorId == ErrorIds.GgufConversionUnknown)
        {
            return null;
        }
    }

    private static string[] Described(LlmModel model)
    {
        return
        [
            .. model.Tensors
                .Where(tensor => tensor.Role != nameof(TensorRole.Norm))
                .Select(tensor => $"{tensor.Name} [{string.Join(",", tensor.Shape.Where(length => length != 1))}] {tensor.DataType}")
                .Order(StringComparer.Ordinal),
            $"norms {model.Tensors.Where(tensor => tensor.Role == nameof(TensorRole.Norm)).Sum(tensor => tensor.Bytes)}",
            $"bytes {model.WeightBytes}",
        ];
    }
}
