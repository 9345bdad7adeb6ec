using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using LlmMemory.Errors;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Hybrids with experts: published totals, what works on one token, and what drafts further ones.</summary>
public sealed class HybridExpertFamilyTests
{
    private const string QwenNext =
        """
        "model_type": "qwen3_next", "hidden_size": 2048, "num_hidden_layers": 48, "num_attention_heads": 16,
        "num_key_value_heads": 2, "head_dim": 256, "intermediate_size": 5120, "vocab_size": 151936,
        "tie_word_embeddings": false, "linear_num_key_heads": 16, "linear_num_value_heads": 32,
        "linear_key_head_dim": 128, "linear_value_head_dim": 128, "linear_conv_kernel_dim": 4,
        "full_attention_interval": 4, "num_experts": 512, "num_experts_per_tok": 10, "moe_intermediate_size": 512,
        "shared_expert_intermediate_size": 512, "num_nextn_predict_layers": 1
        """;

    private const string NemotronNano =
        """
        "model_type": "nemotron_h", "hidden_size": 2688, "intermediate_size": 1856, "num_attention_heads": 32,
        "num_key_value_heads": 2, "head_dim": 128, "vocab_size": 131072, "tie_word_embeddings": false,
        "mamba_num_heads": 64, "mamba_head_dim": 64, "n_groups": 8, "ssm_state_size": 128, "conv_kernel": 4,
        "use_conv_bias": true, "n_routed_experts": 128, "num_experts_per_tok": 6, "n_shared_experts": 1,
        "moe_intermediate_size": 1856, "moe_shared_expert_intermediate_size": 3712,
        "hybrid_override_pattern": "MEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEMEM*EMEMEMEME"
        """;

    /// <summary>Repository, configuration, weights of the language model, those that work on one token, drafting modules.</summary>
    public static TheoryData<string, string, long, long, long> PublishedTotals => new()
    {
        // Hub's total 81,324,862,720, of which 1,650,471,424 draft.
        { "Qwen/Qwen3-Next-80B-A3B-Instruct", QwenNext, 79_674_391_296, 3_874_929_408, 1_650_471_424 },
        {
            // Hub's total 35,951,822,704, of which 446,571,248 see.
            "Qwen/Qwen3.5-35B-A3B",
            """
            "model_type": "qwen3_5_moe_text", "hidden_size": 2048, "num_hidden_layers": 40, "num_attention_heads": 16,
            "num_key_value_heads": 2, "head_dim": 256, "vocab_size": 248320, "tie_word_embeddings": false,
            "linear_num_key_heads": 16, "linear_num_value_heads": 32, "linear_key_head_dim": 128,
            "linear_value_head_dim": 128, "linear_conv_kernel_dim": 4, "full_attention_interval": 4, "num_experts": 256,
            "num_experts_per_tok": 8, "moe_intermediate_size": 512, "shared_expert_intermediate_size": 512,
            "mtp_num_hidden_layers": 1
            """,
            34_660_610_688, 3_454_988_928, 844_640_768
        },
        // Hub's total of the FP8 repository 31,577,946,256, of which 5,968 are scales.
        { "nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B", NemotronNano, 31_577_940_288, 3_580_076_352, 0 },
        {
            "ai21labs/AI21-Jamba-Mini-1.5",
            """
            "model_type": "jamba", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32,
            "num_key_value_heads": 8, "intermediate_size": 14336, "vocab_size": 65536, "num_experts": 16,
            "num_experts_per_tok": 2, "attn_layer_period": 8, "attn_layer_offset": 4, "expert_layer_period": 2,
            "expert_layer_offset": 1, "mamba_d_state": 16, "mamba_d_conv": 4, "mamba_expand": 2, "mamba_dt_rank": 256,
            "tie_word_embeddings": false
            """,
            51_570_323_328, 12_110_311_296, 0
        },
        {
            "LiquidAI/LFM2-24B-A2B",
            """
            "model_type": "lfm2_moe", "hidden_size": 2048, "num_hidden_layers": 40, "num_attention_heads": 32,
            "num_key_value_heads": 8, "intermediate_size": 11776, "vocab_size": 65536, "conv_L_cache": 3,
            "full_attn_idxs": [2, 6, 10, 14, 18, 22, 26, 30, 34, 38], "num_experts": 64, "num_experts_per_tok": 4,
            "moe_intermediate_size": 1536, "num_dense_layers": 2, "use_expert_bias": true
            """,
            23_843_661_440, 2_326_881_920, 0
        },
        {
            "ibm-granite/granite-4.0-h-tiny",
            """
            "model_type": "granitemoehybrid", "hidden_size": 1536, "num_hidden_layers": 40, "num_attention_heads": 12,
            "num_key_value_heads": 4, "intermediate_size": 512, "vocab_size": 100352, "tie_word_embeddings": true,
            "num_local_experts": 64, "num_experts_per_tok": 6, "shared_intermediate_size": 1024, "mamba_n_heads": 48,
            "mamba_d_head": 64, "mamba_d_state": 128, "mamba_n_groups": 1, "mamba_d_conv": 4, "mamba_expand": 2,
            "layer_types": ["mamba", "mamba", "mamba", "mamba", "mamba", "attention", "mamba", "mamba", "mamba", "mamba",
              "mamba", "mamba", "mamba", "mamba", "mamba", "attention", "mamba", "mamba", "mamba", "mamba",
              "mamba", "mamba", "mamba", "mamba", "mamba", "attention", "mamba", "mamba", "mamba", "mamba",
              "mamba", "mamba", "mamba", "mamba", "mamba", "attention", "mamba", "mamba", "mamba", "mamba"]
            """,
            6_939_037_248, 1_465_470_528, 0
        },
    };

    [Theory]
    [MemberData(nameof(PublishedTotals))]
    public void A_hybrid_with_experts_has_its_published_total(string repository, string fields, long text, long active, long mtp)
    {
        var model = ModelReader.FromConfig("{" + fields + "}");

        Assert.Equal((repository, text), (repository, model.TextParameters));
        Assert.Equal(active, model.ActiveParameters);
        Assert.Equal(mtp, model.MtpParameters);
        var names = model.Tensors.Select(tensor => tensor.Name).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public void Nemotrons_pattern_may_be_a_list_of_words_without_a_number_of_layers()
    {
        var pattern = "MEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEMEM*EMEMEMEME";
        var words = pattern.Select(character => character switch { 'M' => "mamba", '*' => "attention", _ => "moe" });
        var listed = NemotronNano.Replace(
            $"\"hybrid_override_pattern\": \"{pattern}\"", $"\"layers_block_type\": {JsonSerializer.Serialize(words)}");

        Assert.Equal(31_577_940_288, ModelReader.FromConfig("{" + listed + "}").TextParameters);
    }

    [Theory]
    [InlineData("\"hybrid_override_pattern\": \"MEX\"", "ConfigFieldInvalid", "'X'")]
    [InlineData("\"no_pattern\": 1", "ConfigFieldMissing", "hybrid_override_pattern")]
    public void A_pattern_that_is_unknown_or_missing_is_refused(string pattern, string id, string mentioned)
    {
        var start = NemotronNano.IndexOf("\"hybrid_override_pattern\"", StringComparison.Ordinal);

        var error = Assert.Throws<LlmMemoryException>(() => ModelReader.FromConfig($"{{{NemotronNano[..start]}{pattern}}}"));

        Assert.Equal(id, error.ErrorId);
        Assert.Contains(mentioned, error.Message);
    }

    [SharedDataFact("configs", "nvidia--NVIDIA-Nemotron-3-Ultra-550B-A55B-BF16_config.json")]
    public void Nemotron_3_Ultra_has_the_total_of_its_card_without_the_drafting_module()
    {
        var model = Read("nvidia--NVIDIA-Nemotron-3-Ultra-550B-A55B-BF16_config.json");

        Assert.Equal(549_308_993_536, model.TextParameters);
        Assert.Equal(11_215_610_368, model.MtpParameters);
    }

    [SharedDataFact("configs", "nvidia--Qwen3.6-35B-A3B-NVFP4_hf_quant_config.json")]
    public void Every_layer_that_modelopt_quantised_is_in_the_inventory()
    {
        var names = Read("nvidia--Qwen3.6-35B-A3B-NVFP4_config.json").Tensors.Select(tensor => AfterLayers(tensor.Name)).ToList();
        using var quantised = JsonDocument.Parse(File.ReadAllText(ReferenceData.Shared("configs", "nvidia--Qwen3.6-35B-A3B-NVFP4_hf_quant_config.json")));

        var modules = quantised.RootElement.GetProperty("quantization").GetProperty("quantized_layers").EnumerateObject()
            .Select(member => AfterLayers(member.Name)).ToList();

        Assert.NotEmpty(modules);
        Assert.All(modules, module => Assert.Contains(names, name => name.StartsWith(module + ".", StringComparison.Ordinal)));
    }

    private static LlmMemory.Models.LlmModel Read(string file)
    {
        return ModelReader.FromConfig(File.ReadAllText(ReferenceData.Shared("configs", file)));
    }

    /// <summary>The name from the number of the layer on; the whole name outside the layers.</summary>
    private static string AfterLayers(string name)
    {
        var start = name.IndexOf("layers.", StringComparison.Ordinal);
        return start < 0 ? name : name[start..];
    }
}
