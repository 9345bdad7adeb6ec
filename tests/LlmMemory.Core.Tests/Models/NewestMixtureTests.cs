using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Models with experts whose layers differ in their attention: blocks that an indexer chooses, sliding layers with heads of their own.</summary>
public sealed class NewestMixtureTests
{
    private static readonly string MiniMaxM3 =
        $$"""
        "model_type": "minimax_m3", "hidden_size": 6144, "num_hidden_layers": 60, "num_attention_heads": 64,
        "num_key_value_heads": 4, "head_dim": 128, "vocab_size": 200064, "tie_word_embeddings": false,
        "intermediate_size": 3072, "dense_intermediate_size": 12288, "shared_intermediate_size": 3072,
        "num_local_experts": 128, "num_experts_per_tok": 4, "n_shared_experts": 1, "use_routing_bias": true,
        "use_qk_norm": true, "qk_norm_type": "per_head", "num_mtp_modules": 7, "moe_layer_freq": {{AfterThree}},
        "sparse_attention_config": {"use_sparse_attention": true, "sparse_index_dim": 128, "sparse_num_index_heads": 4,
          "sparse_topk_blocks": 16, "sparse_block_size": 128, "sparse_attention_freq": {{AfterThree}},
          "sparse_disable_index_value": {{AfterThree}}}
        """;

    private static readonly string Step35 =
        $$"""
        "model_type": "step3p5", "hidden_size": 4096, "num_hidden_layers": 45, "num_attention_heads": 64,
        "num_attention_groups": 8, "head_dim": 128, "vocab_size": 128896, "tie_word_embeddings": false,
        "intermediate_size": 11264, "sliding_window": 512, "use_head_wise_attn_gate": true, "moe_num_experts": 288,
        "moe_top_k": 8, "moe_intermediate_size": 1280, "share_expert_dim": 1280, "use_moe_router_bias": true,
        "moe_layers_enum": "{{string.Join(",", Enumerable.Range(3, 42))}}", "num_nextn_predict_layers": 3,
        "attention_other_setting": {"attention_type": "sliding_attention", "num_attention_heads": 96,
          "num_attention_groups": 8, "head_dim": 128},
        "layer_types": [{{string.Join(", ", Enumerable.Range(0, 48).Select(index => index % 4 == 0 ? "\"full_attention\"" : "\"sliding_attention\""))}}]
        """;

    private static readonly string MiMoV2 =
        $"""
        "model_type": "mimo_v2_flash", "hidden_size": 4096, "num_hidden_layers": 48, "num_attention_heads": 64,
        "num_key_value_heads": 4, "head_dim": 192, "v_head_dim": 128, "swa_num_attention_heads": 64,
        "swa_num_key_value_heads": 8, "swa_head_dim": 192, "swa_v_head_dim": 128, "sliding_window": 128,
        "intermediate_size": 16384, "vocab_size": 152576, "tie_word_embeddings": false, "n_routed_experts": 256,
        "num_experts_per_tok": 8, "moe_intermediate_size": 2048, "n_shared_experts": null,
        "add_swa_attention_sink_bias": true, "add_full_attention_sink_bias": false,
        "moe_layer_freq": [0{string.Concat(Enumerable.Repeat(", 1", 47))}],
        "hybrid_layer_pattern": [0, 1, 1, 1, 1, 0{string.Concat(Enumerable.Repeat(", 1, 1, 1, 1, 1, 0", 7))}]
        """;

    private static string AfterThree => $"[0, 0, 0{string.Concat(Enumerable.Repeat(", 1", 57))}]";

    [Fact]
    public void MiniMax_M3_has_what_its_audit_lists_without_tower_and_projectors()
    {
        var model = Read(MiniMaxM3);

        // The hub's total of MiniMaxAI/MiniMax-M3: 426,993,800,960 in BF16 and 46,339,200 in F32. Beside the language
        // model a CLIP tower of 32 layers (631,185,920) and two projectors (234,381,312); of the F32, 1,505,280 are
        // the tower's patches.
        const long Towers = 631_185_920 + 234_381_312;
        Assert.Equal(426_993_800_960 + 46_339_200 - Towers, model.TextParameters);
        Assert.Equal(model.TextParameters, model.Parameters);
        Assert.Equal(46_339_200 - 1_505_280, model.Tensors.SumParameters(tensor => tensor.DataType == "F32"));

        // 23,416 tensors in the audit, 523 of them of tower and projectors.
        Assert.Equal(23_416 - 523, model.Tensors.Sum(tensor => tensor.Count));
    }

    [Fact]
    public void MiniMax_M3_chooses_blocks_in_the_layers_with_experts()
    {
        var layers = Read(MiniMaxM3).Layers!;

        Assert.Equal("Full + Dense", layers[2].ToString());
        Assert.Equal("BlockIndexer + Full + Experts", layers[3].ToString());
    }

    [Fact]
    public void Step_3_5_Flash_has_the_published_total()
    {
        var model = Read(Step35);

        // The hub's total of stepfun-ai/Step-3.5-Flash, three drafting modules included; its card says 196 B without them.
        Assert.Equal(199_384_301_376, model.Parameters);
        Assert.Equal(196_956_130_368, model.TextParameters);
        Assert.Equal(2_428_171_008, model.MtpParameters);
        Assert.Equal("Full + Dense", model.Layers![0].ToString());
        Assert.Equal("SlidingWindow + Experts", model.Layers[3].ToString());
        Assert.Contains(model.Tensors, tensor => tensor.Name == "model.layers.3.moe.up_proj.weight" && tensor.Shape.SequenceEqual([288L, 1280, 4096]));
    }

    [Fact]
    public void Step_3_5_may_list_the_layers_with_experts_as_numbers()
    {
        var listed = Step35.Replace(
            $"\"{string.Join(",", Enumerable.Range(3, 42))}\"", $"[{string.Join(", ", Enumerable.Range(3, 42))}]");

        Assert.NotEqual(Step35, listed);
        Assert.Equal(199_384_301_376, Read(listed).Parameters);
    }

    [Fact]
    public void MiMo_V2_Flash_has_the_size_of_its_card()
    {
        var model = Read(MiMoV2);

        // The card says 309 B and 15 B for a token; the digits are a second computation from the code of vLLM.
        Assert.Equal(308_778_780_864, model.TextParameters);
        Assert.Equal(3 * 329_273_408, model.MtpParameters);
        Assert.InRange(model.ActiveParameters, 14_500_000_000, 15_500_000_000);
        var sliding = Assert.IsType<GroupedQueryAttention>(model.Layers![1].Mixers.Single());
        Assert.Equal((8, 192, 128, 128, true), (sliding.KeyValueHeads, sliding.HeadSize, sliding.ValueHeadSize, sliding.Window, sliding.HasSinks));
        Assert.Equal(39 + 3, model.Tensors.Count(tensor => tensor.Name.EndsWith("self_attn.attention_sink_bias", StringComparison.Ordinal)));
    }

    [SharedDataFact("configs", "deepseek-ai--DeepSeek-V4-Flash_config.json")]
    public void DeepSeek_V4_Flash_counts_the_same_from_its_own_file_and_from_quantised_copies()
    {
        // llama.cpp prints 284.33 B for the converted model; the digits are a second computation from transformers' code.
        Assert.Equal(284_332_240_471, ReadShared("deepseek-ai--DeepSeek-V4-Flash_config.json").TextParameters);
        Assert.Equal(284_332_240_471, ReadShared("sgl-project--DeepSeek-V4-Flash-FP8_config.json").TextParameters);
        Assert.Equal(284_332_240_471, ReadShared("nvidia--DeepSeek-V4-Flash-NVFP4_config.json").TextParameters);
    }

    [SharedDataFact("configs", "deepseek-ai--DeepSeek-V4-Flash_config.json")]
    public void DeepSeek_V4_Flash_drafts_with_as_many_tensors_as_its_file_has()
    {
        var drafting = ReadShared("deepseek-ai--DeepSeek-V4-Flash_config.json").Tensors.Where(tensor => tensor.Part == "Mtp").ToList();

        // The shard of the module holds 1,575 tensors: each matrix but the router and the connections has a scale too.
        // Scales that an inventory already lists for a quantised configuration are left out of this count.
        var weights = drafting.Where(tensor => tensor.Role != "Scale").ToList();
        var scaled = weights.Where(tensor => tensor.Shape.Count == 2 && tensor.Role is not ("Router" or "Extra"));
        Assert.Equal(1_575, weights.Sum(tensor => tensor.Count) + scaled.Sum(tensor => tensor.Count));
    }

    [SharedDataFact("configs", "nvidia--MiniMax-M3-NVFP4_config.json")]
    public void MiniMax_M3_with_its_tower_has_the_published_total()
    {
        var model = ReadShared("nvidia--MiniMax-M3-NVFP4_config.json");

        // The hub's total of MiniMaxAI/MiniMax-M3, and the tensors that its audit lists.
        Assert.Equal(427_040_140_160, model.Parameters);
        Assert.Equal(865_567_232, model.VisionParameters);
        Assert.Equal(23_416, model.Tensors.Where(tensor => tensor.Role != "Scale").Sum(tensor => tensor.Count));
        Assert.Equal(model.TextParameters, ReadShared("MiniMaxAI--MiniMax-M3_config.json").TextParameters);
    }

    [SharedDataFact("configs", "nvidia--MiniMax-M3-NVFP4_hf_quant_config.json")]
    public void Every_layer_of_MiniMax_M3_that_modelopt_quantised_is_in_the_inventory()
    {
        var names = ReadShared("nvidia--MiniMax-M3-NVFP4_config.json").Tensors.Select(tensor => tensor.Name).ToHashSet();
        using var quantised = JsonDocument.Parse(File.ReadAllText(ReferenceData.Shared("configs", "nvidia--MiniMax-M3-NVFP4_hf_quant_config.json")));

        var modules = quantised.RootElement.GetProperty("quantization").GetProperty("quantized_layers").EnumerateObject()
            .Select(member => Regex.Replace(member.Name, @"experts\.\d+\.", "experts.*.") + ".weight").ToList();

        Assert.NotEmpty(modules);
        Assert.All(modules, module => Assert.Contains(module, names));
    }

    [SharedDataFact("configs", "XiaomiMiMo--MiMo-V2-Flash_config.json")]
    public void MiMo_V2_Flash_counts_the_same_from_its_own_file()
    {
        Assert.Equal(308_778_780_864, ReadShared("XiaomiMiMo--MiMo-V2-Flash_config.json").TextParameters);
    }

    [Theory]
    [InlineData("moe_layer_freq", "[0, 1]", "60 layers")]
    [InlineData("moe_layer_freq", "[2]", "60 layers")]
    [InlineData("num_experts_per_tok", "129", "128 experts")]
    [InlineData("attention_output_gate", "true", "gate")]
    [InlineData("qk_norm_type", "\"per_layer\"", "per_head")]
    public void MiniMax_M3_is_refused_where_a_field_cannot_be_right(string field, string value, string mentioned)
    {
        AssertRefused(MiniMaxM3, field, value, mentioned);
    }

    [Theory]
    [InlineData("moe_layers_enum", "\"3,x\"", "3,4,5")]
    [InlineData("layer_types", "[\"full_attention\"]", "48 layers")]
    public void Step_3_5_is_refused_where_a_field_cannot_be_right(string field, string value, string mentioned)
    {
        AssertRefused(Step35, field, value, mentioned);
    }

    [Fact]
    public void A_configuration_without_the_heads_of_sliding_layers_is_refused()
    {
        var error = Assert.Throws<LlmMemoryException>(() => Read(Step35.Replace("attention_other_setting", "left_out")));

        Assert.Equal(ErrorIds.ConfigFieldMissing, error.ErrorId);
        Assert.Contains("attention_other_setting", error.Message);
    }

    private static void AssertRefused(string fields, string field, string value, string mentioned)
    {
        // The last of two fields of one name would be a duplicate, so the first gives way.
        var changed = fields.Replace($"\"{field}\":", $"\"was_{field}\":") + $", \"{field}\": {value}";

        var error = Assert.Throws<LlmMemoryException>(() => Read(changed));

        Assert.Equal(ErrorIds.ConfigFieldInvalid, error.ErrorId);
        Assert.Contains(mentioned, error.Message);
    }

    private static LlmModel ReadShared(string file)
    {
        return ModelReader.FromConfig(File.ReadAllText(ReferenceData.Shared("configs", file)));
    }

    private static LlmModel Read(string fields)
    {
        return ModelReader.FromConfig("{" + fields + "}");
    }
}
