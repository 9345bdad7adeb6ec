using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Models with latent attention: published totals, what works on one token, and what drafts further ones.</summary>
public sealed class LatentFamilyTests
{
    private const string DeepSeekHeads = "\"kv_lora_rank\": 512, \"qk_nope_head_dim\": 128, \"qk_rope_head_dim\": 64, \"v_head_dim\": 128";

    private const string DeepSeekV3 =
        $"""
        "hidden_size": 7168, "num_hidden_layers": 61, "num_attention_heads": 128, "num_key_value_heads": 128,
        "intermediate_size": 18432, "vocab_size": 129280, "q_lora_rank": 1536, {DeepSeekHeads},
        "moe_intermediate_size": 2048, "n_routed_experts": 256, "num_experts_per_tok": 8, "n_shared_experts": 1,
        "first_k_dense_replace": 3, "moe_layer_freq": 1, "topk_method": "noaux_tc", "num_nextn_predict_layers": 1,
        "tie_word_embeddings": false
        """;

    private const string Glm5 =
        """
        "model_type": "glm_moe_dsa", "hidden_size": 6144, "num_hidden_layers": 78, "num_attention_heads": 64,
        "intermediate_size": 12288, "vocab_size": 154880, "q_lora_rank": 2048, "kv_lora_rank": 512,
        "qk_nope_head_dim": 192, "qk_rope_head_dim": 64, "v_head_dim": 256, "index_n_heads": 32, "index_head_dim": 128,
        "index_topk": 2048, "moe_intermediate_size": 2048, "n_routed_experts": 256, "num_experts_per_tok": 8,
        "n_shared_experts": 1, "first_k_dense_replace": 3, "num_nextn_predict_layers": 1
        """;

    private const string KimiLinear =
        $$"""
        "model_type": "kimi_linear", "hidden_size": 2304, "num_hidden_layers": 27, "num_attention_heads": 32,
        "intermediate_size": 9216, "vocab_size": 163840, {{DeepSeekHeads}}, "num_experts": 256,
        "num_experts_per_token": 8, "num_shared_experts": 1, "moe_intermediate_size": 1024, "first_k_dense_replace": 1,
        "linear_attn_config": {"head_dim": 128, "num_heads": 32, "short_conv_kernel_size": 4,
          "full_attn_layers": [4, 8, 12, 16, 20, 24, 27]}
        """;

    private const string LongCat =
        $"""
        "model_type": "longcat_flash", "hidden_size": 6144, "num_layers": 28, "num_attention_heads": 64,
        "vocab_size": 131072, "ffn_hidden_size": 12288, "expert_ffn_hidden_size": 2048, "n_routed_experts": 512,
        "zero_expert_num": 256, "moe_topk": 12, "q_lora_rank": 1536, {DeepSeekHeads}, "num_nextn_predict_layers": 1
        """;

    /// <summary>Repository, configuration, weights of the language model, those that work on one token, drafting modules.</summary>
    public static TheoryData<string, string, long, long, long> PublishedTotals => new()
    {
        // README_WEIGHTS.md: 671B and 14B, of which the embedding and the head are shared. Hub's total 684,531,386,000,
        // of which 41,540,496 are scales.
        { "deepseek-ai/DeepSeek-V3", $"\"model_type\": \"deepseek_v3\", {DeepSeekV3}", 671_026_419_200, 37_552_297_472, 13_463_426_304 },
        {
            // Hub's total 685,396,921,376, of which 41,591,584 are scales.
            "deepseek-ai/DeepSeek-V3.2",
            $"\"model_type\": \"deepseek_v32\", {DeepSeekV3}, \"index_n_heads\": 64, \"index_head_dim\": 128, \"index_topk\": 2048",
            671_877_944_064, 38_403_822_336, 13_477_385_728
        },
        {
            // Hub's total.
            "deepseek-ai/DeepSeek-Coder-V2-Instruct",
            $"""
            "model_type": "deepseek_v2", "hidden_size": 5120, "num_hidden_layers": 60, "num_attention_heads": 128,
            "intermediate_size": 12288, "vocab_size": 102400, "q_lora_rank": 1536, {DeepSeekHeads},
            "moe_intermediate_size": 1536, "n_routed_experts": 160, "num_experts_per_tok": 6, "n_shared_experts": 2,
            "first_k_dense_replace": 1, "topk_method": "group_limited_greedy"
            """,
            235_741_434_880, 21_375_800_320, 0
        },
        {
            // Hub's total. No rank for queries.
            "deepseek-ai/DeepSeek-V2-Lite",
            $"""
            "model_type": "deepseek_v2", "hidden_size": 2048, "num_hidden_layers": 27, "num_attention_heads": 16,
            "intermediate_size": 10944, "vocab_size": 102400, "q_lora_rank": null, {DeepSeekHeads},
            "moe_intermediate_size": 1408, "n_routed_experts": 64, "num_experts_per_tok": 6, "n_shared_experts": 2,
            "first_k_dense_replace": 1
            """,
            15_706_484_224, 2_661_150_208, 0
        },
        {
            // Hub's total as it counts since 2026-09, 1,026,408,235,864, less 3,416 that nobody has explained.
            "moonshotai/Kimi-K2-Instruct",
            $"""
            "model_type": "kimi_k2", "hidden_size": 7168, "num_hidden_layers": 61, "num_attention_heads": 64,
            "intermediate_size": 18432, "vocab_size": 163840, "q_lora_rank": 1536, {DeepSeekHeads},
            "moe_intermediate_size": 2048, "n_routed_experts": 384, "num_experts_per_tok": 8, "n_shared_experts": 1,
            "first_k_dense_replace": 1, "topk_method": "noaux_tc", "num_nextn_predict_layers": 0
            """,
            1_026_408_232_448, 32_861_500_928, 0
        },
        {
            // Hub's total 31,221,488,576: the drafting module has an embedding and a head of its own.
            "zai-org/GLM-4.7-Flash",
            """
            "model_type": "glm4_moe_lite", "hidden_size": 2048, "num_hidden_layers": 47, "num_attention_heads": 20,
            "intermediate_size": 10240, "vocab_size": 154880, "q_lora_rank": 768, "kv_lora_rank": 512,
            "qk_nope_head_dim": 192, "qk_rope_head_dim": 64, "v_head_dim": 256, "moe_intermediate_size": 1536,
            "n_routed_experts": 64, "num_experts_per_tok": 4, "n_shared_experts": 1, "first_k_dense_replace": 1,
            "num_nextn_predict_layers": 1
            """,
            29_943_393_920, 3_896_766_080, 1_278_094_656
        },
        // Hub's total 753,864,139,008: the drafting module has neither.
        { "zai-org/GLM-5", Glm5, 743_911_218_432, 41_784_728_832, 9_952_920_576 },
        {
            // Hub's total 561,862,880,256: the drafting module is dense, and has an embedding of its own.
            "meituan-longcat/LongCat-Flash-Chat",
            LongCat,
            560_664_980_480, 32_182_676_480, 1_197_899_776
        },
        // Hub's total.
        { "moonshotai/Kimi-Linear-48B-A3B-Instruct", KimiLinear, 49_122_681_728, 3_484_459_904, 0 },
    };

    [Theory]
    [MemberData(nameof(PublishedTotals))]
    public void A_model_with_latent_attention_has_its_published_total(string repository, string fields, long text, long active, long mtp)
    {
        var model = ModelReader.FromConfig("{" + fields + "}");

        Assert.Equal((repository, text), (repository, model.TextParameters));
        Assert.Equal(active, model.ActiveParameters);
        Assert.Equal(mtp, model.MtpParameters);
        var names = model.Tensors.Select(tensor => tensor.Name).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public void MiniCPM3_is_dense_and_its_head_is_the_embedding()
    {
        // openbmb/MiniCPM3-4B. No total to the last digit is published; the card says 4B.
        var model = ModelReader.FromConfig(
            """
            {"model_type": "minicpm3", "hidden_size": 2560, "num_hidden_layers": 62, "num_attention_heads": 40,
             "intermediate_size": 6400, "vocab_size": 73448, "q_lora_rank": 768, "kv_lora_rank": 256,
             "qk_nope_head_dim": 64, "qk_rope_head_dim": 32, "v_head_dim": 64}
            """);

        Assert.Equal(4_073_875_968, model.Parameters);
        Assert.Equal(4_073_875_968, model.ActiveParameters);
        Assert.All(model.Layers!, layer => Assert.Equal(288, Assert.IsType<LatentAttention>(layer.Mixers.Single()).CacheElements));
    }

    [Fact]
    public void Mistral_Small_4_is_what_its_class_says_beside_a_Pixtral_tower()
    {
        // transformers, models/mistral4/configuration_mistral4.py has the dimensions of mistralai/Mistral-Small-4-119B-2603.
        // No total to the last digit is published; its card says 119B, of which 6.5B work on a token.
        var model = ModelReader.FromConfig(
            """
            {"model_type": "mistral3", "text_config": {"model_type": "mistral4"}, "vision_config": {"model_type": "pixtral"}}
            """);

        Assert.Equal(118_972_826_624, model.TextParameters);
        Assert.Equal(119, Math.Round(model.Parameters / 1e9));
        Assert.InRange(model.ActiveParameters / 1e9, 6, 7);

        // 36 layers of 320 numbers for each token, as vLLM logs it: kaito-project/kaito#2132.
        Assert.Equal(36 * 320, model.Layers!.Sum(layer => Assert.IsType<LatentAttention>(layer.Mixers.Single()).CacheElements));
        var experts = model.Tensors.Single(tensor => tensor.Name.EndsWith("layers.35.mlp.experts.gate_up_proj", StringComparison.Ordinal));
        Assert.Equal([128, 4096, 4096], experts.Shape);
    }

    [Fact]
    public void A_drafting_module_is_numbered_on_from_the_decoder()
    {
        // README_WEIGHTS.md of deepseek-ai/DeepSeek-V3: model.layers.61 is the module.
        var module = ModelReader.FromConfig($"{{\"model_type\": \"deepseek_v3\", {DeepSeekV3}}}").Tensors
            .Where(tensor => tensor.Part == nameof(ModelPart.Mtp)).ToList();

        Assert.All(module, tensor => Assert.StartsWith("model.layers.61.", tensor.Name));
        Assert.Contains(module, tensor => tensor.Name == "model.layers.61.eh_proj.weight" && tensor.Shape.SequenceEqual([7168, 14336]));
        Assert.Contains(module, tensor => tensor.Name == "model.layers.61.shared_head.head.weight");
        Assert.Contains(module, tensor => tensor.Name == "model.layers.61.mlp.experts.*.up_proj.weight" && tensor.Count == 256);
    }

    [Fact]
    public void A_layer_that_shares_an_indexer_has_none_of_its_weights()
    {
        // transformers, models/glm_moe_dsa/modular_glm_moe_dsa.py: every fourth layer from the third on, and the first ones.
        var own = ModelReader.FromConfig("{" + Glm5 + "}");
        var shared = ModelReader.FromConfig("{" + Glm5 + ", \"index_topk_freq\": 4, \"index_skip_topk_offset\": 3}");

        var indexers = shared.Layers!.Select(layer => ((LatentAttention)layer.Mixers.Single()).Indexer!.IsShared).ToList();
        Assert.Equal([false, false, false, true, true, true, false, true], indexers.Take(8));
        var each = own.Tensors.Where(tensor => tensor.Layer == 3 && tensor.Name.Contains(".indexer.")).Sum(tensor => tensor.Parameters);
        Assert.Equal(own.TextParameters - (indexers.Count(isShared => isShared) * each), shared.TextParameters);
    }

    [Theory]
    [InlineData("\"indexer_types\": [\"full\"]", "indexer_types")]
    [InlineData("\"index_topk_pattern\": \"FSX\"", "index_topk_pattern")]
    [InlineData("\"mlp_layer_types\": [\"dense\"]", "mlp_layer_types")]
    public void A_schedule_that_does_not_fit_the_layers_is_refused(string field, string mentioned)
    {
        var error = Assert.Throws<LlmMemoryException>(() => ModelReader.FromConfig("{" + Glm5 + ", " + field + "}"));

        Assert.Equal(ErrorIds.ConfigFieldInvalid, error.ErrorId);
        Assert.Contains(mentioned, error.Message);
    }

    [Fact]
    public void More_experts_for_a_token_than_there_are_are_refused()
    {
        var config = ("{" + Glm5 + "}").Replace("\"num_experts_per_tok\": 8", "\"num_experts_per_tok\": 257");

        var error = Assert.Throws<LlmMemoryException>(() => ModelReader.FromConfig(config));

        Assert.Equal((ErrorIds.ConfigFieldInvalid, "257"), (error.ErrorId, error.Value));
    }

    [Theory]
    [InlineData("first_k_dense_replace")]
    [InlineData("kv_lora_rank")]
    [InlineData("index_topk")]
    [InlineData("n_routed_experts")]
    public void A_dimension_that_is_missing_is_named(string field)
    {
        var config = ("{" + Glm5 + "}").Replace($"\"{field}\"", "\"other\"");

        var error = Assert.Throws<LlmMemoryException>(() => ModelReader.FromConfig(config));

        Assert.Equal((ErrorIds.ConfigFieldMissing, field), (error.ErrorId, error.Value));
    }

    [Fact]
    public void A_layer_of_LongCat_has_two_caches_and_a_router_for_experts_without_weights()
    {
        var model = ModelReader.FromConfig("{" + LongCat + "}");

        Assert.All(model.Layers!, layer => Assert.Equal(["Latent", "Latent"], layer.Mixers.Select(mixer => mixer.Kind)));
        Assert.Equal([768, 6144], model.Tensors.Single(tensor => tensor.Name == "model.layers.0.mlp.router.classifier.weight").Shape);
        Assert.Equal(512, model.Tensors.Single(tensor => tensor.Name == "model.layers.0.mlp.experts.*.gate_proj.weight").Count);
    }

    [Fact]
    public void Kimi_Linear_has_latent_attention_in_the_layers_that_it_counts_from_one()
    {
        var kinds = ModelReader.FromConfig("{" + KimiLinear + "}").Layers!.Select(layer => layer.Mixers.Single().Kind).ToList();

        Assert.Equal(["KimiDelta", "KimiDelta", "KimiDelta", "Latent", "KimiDelta"], kinds.Take(5));
        Assert.Equal(["KimiDelta", "KimiDelta", "Latent"], kinds.Skip(24));
    }

    [SharedDataFact("configs", "deepseek-ai--DeepSeek-V4-Flash_config.json")]
    public void DeepSeek_V4_Flash_has_the_size_of_its_card()
    {
        // The card says 284B, of which 13B work on a token. No total to the last digit is published; these are the sums
        // over the shapes of transformers, models/deepseek_v4/modular_deepseek_v4.py.
        var model = Read("deepseek-ai--DeepSeek-V4-Flash_config.json");

        Assert.Equal(284_332_240_471, model.TextParameters);
        Assert.Equal(13_799_632_471, model.ActiveParameters);
        Assert.Equal(6_610_048_891, model.MtpParameters);
        Assert.Equal(["SlidingWindow", "SlidingWindow", "Compressed", "Compressed"], model.Layers!.Take(4).Select(layer => layer.Mixers.Single().Kind));
        Assert.Equal([null, null, 4, 128, 4], model.Layers!.Take(5).Select(layer => ((CompressedAttention)layer.Mixers.Single()).Compressor?.Ratio));
    }

    [SharedDataFact("configs", "deepseek-ai--DeepSeek-V4-Flash_config.json")]
    public void Layers_of_DeepSeek_V4_that_do_not_choose_by_score_have_a_table_instead_of_a_bias()
    {
        var tensors = Read("deepseek-ai--DeepSeek-V4-Flash_config.json").Tensors;

        var table = tensors.Single(tensor => tensor.Name == "layers.2.ffn.gate.tid2eid");
        Assert.Equal((0, 8L * 129_280 * 6, "I64"), (table.Parameters, table.Bytes, table.DataType));
        Assert.DoesNotContain(tensors, tensor => tensor.Name is "layers.2.ffn.gate.bias" or "layers.3.ffn.gate.tid2eid");
        Assert.Contains(tensors, tensor => tensor.Name == "layers.3.ffn.gate.bias" && tensor.DataType == "F32");
        Assert.Contains(tensors, tensor => tensor.Name == "mtp.0.ffn.experts.*.w2.weight" && tensor.Count == 256);
        Assert.Equal(tensors.Count, tensors.Select(tensor => tensor.Name).Distinct().Count());
    }

    [SharedDataFact("configs", "moonshotai--Kimi-K3_config.json")]
    public void Kimi_K3_adds_gates_a_latent_and_attention_over_residuals()
    {
        // No total is published; this is the sum over the shapes of vLLM, models/kimi_k3/nvidia/{model, mla, kda}.py.
        var json = File.ReadAllText(ReferenceData.Shared("configs", "moonshotai--Kimi-K3_config.json"));
        var model = ModelReader.FromConfig(json, new ModelReadingOptions { TextOnly = true });

        Assert.Equal(2_779_484_476_000, model.TextParameters);
        string[] endings =
        [
            "layers.3.self_attn.g_proj.weight", "layers.3.self_attention_res_norm.weight", "layers.3.mlp_res_proj.weight",
            "layers.3.block_sparse_moe.routed_expert_norm.weight", "layers.3.block_sparse_moe.experts.*.w3.weight_packed", "output_attn_res_proj.weight",
        ];
        Assert.All(endings, ending => Assert.Contains(model.Tensors, tensor => tensor.Name.EndsWith(ending, StringComparison.Ordinal)));
    }

    [SharedDataFact("configs", "moonshotai--Kimi-K2.5_config.json")]
    public void Kimi_K2_5_is_Kimi_K2_and_a_tower()
    {
        // Hub's total 1,058,589,420,528, of which 31,710,044,160 are scales and shapes of packed weights.
        Assert.Equal(1_026_879_376_368, Read("moonshotai--Kimi-K2.5_config.json").Parameters);
    }

    [Fact]
    public void A_model_of_the_family_without_latent_attention_has_plain_heads()
    {
        // deepseek-ai/DeepSeek-OCR, language_config: use_mla false.
        var model = ModelReader.FromConfig(
            """
            {"model_type": "deepseek_v2", "use_mla": false, "hidden_size": 1280, "num_hidden_layers": 12,
             "num_attention_heads": 10, "num_key_value_heads": 10, "intermediate_size": 6848, "vocab_size": 129280,
             "kv_lora_rank": null, "moe_intermediate_size": 896, "n_routed_experts": 64, "num_experts_per_tok": 6,
             "n_shared_experts": 2, "first_k_dense_replace": 1, "topk_method": "greedy"}
            """);

        Assert.All(model.Layers!, layer => Assert.Equal(128, Assert.IsType<GroupedQueryAttention>(layer.Mixers.Single()).HeadSize));
        Assert.DoesNotContain(model.Tensors, tensor => tensor.Name.Contains("e_score_correction_bias", StringComparison.Ordinal));
    }

    // Every module that ModelOpt lists as quantised, or leaves out by name, is a tensor of the inventory.
    [SharedDataTheory("configs", "nvidia--DeepSeek-V3.2-NVFP4_hf_quant_config.json")]
    [InlineData("nvidia--DeepSeek-V3.1-NVFP4")]
    [InlineData("nvidia--DeepSeek-V3.2-NVFP4")]
    [InlineData("nvidia--GLM-5-NVFP4")]
    public void Layers_that_ModelOpt_leaves_out_are_in_the_inventory(string repository)
    {
        var names = Read(repository + "_config.json").Tensors
            .Select(tensor => tensor.Name).ToList();
        using var quantised = JsonDocument.Parse(File.ReadAllText(ReferenceData.Shared("configs", repository + "_hf_quant_config.json")));

        var excluded = quantised.RootElement.GetProperty("quantization").GetProperty("exclude_modules").EnumerateArray()
            .Select(module => module.GetString()!.TrimEnd('*')).ToList();

        Assert.NotEmpty(excluded);
        Assert.All(excluded, module => Assert.Contains(names, name => name.StartsWith(module, StringComparison.Ordinal)));
    }

    private static LlmModel Read(string file)
    {
        return ModelReader.FromConfig(File.ReadAllText(ReferenceData.Shared("configs", file)));
    }
}
