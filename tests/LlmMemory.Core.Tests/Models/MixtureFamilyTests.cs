using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Reading;
using LlmMemory.Naming;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Decoders with experts: published totals, kinds of layers, names and shapes of tensors, what is refused.</summary>
public sealed class MixtureFamilyTests
{
    public static TheoryData<string> Models => [.. MixtureCase.All.Select(mixture => mixture.Model)];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_has_its_weights_its_active_weights_and_its_drafting_modules(string name)
    {
        var mixture = MixtureCase.Of(name);

        var model = ModelReader.FromConfig(mixture.Config.ToJsonString());

        Assert.Equal(mixture.Text, model.TextParameters);
        Assert.Equal(mixture.Active, model.ActiveParameters);
        Assert.Equal(mixture.Mtp, model.MtpParameters);
        Assert.Equal(mixture.Text + mixture.Mtp, model.Parameters);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void No_two_tensors_have_one_name_and_a_star_stands_for_the_experts_alone(string name)
    {
        var model = ModelReader.FromConfig(MixtureCase.Of(name).Config.ToJsonString());

        var names = model.Tensors.Select(tensor => tensor.Name).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(model.Tensors, tensor => Assert.Equal(tensor.Count > 1, tensor.Name.Contains(".experts.*.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("mistralai/Mixtral-8x7B-v0.1", "model.layers.31.block_sparse_moe.experts.*.w2.weight", "4096,14336", 8)]
    [InlineData("Qwen/Qwen3-235B-A22B", "model.layers.93.mlp.experts.*.gate_proj.weight", "1536,4096", 128)]
    [InlineData("Qwen/Qwen3-VL-235B-A22B-Instruct", "model.layers.0.mlp.experts.gate_up_proj", "128,4096,3072", 1)]
    [InlineData("Qwen/Qwen1.5-MoE-A2.7B", "model.layers.0.mlp.shared_expert_gate.weight", "1,2048", 1)]
    [InlineData("openai/gpt-oss-120b", "model.layers.0.mlp.experts.gate_up_proj_bias", "128,5760", 1)]
    [InlineData("openai/gpt-oss-120b", "model.layers.0.mlp.experts.down_proj", "128,2880,2880", 1)]
    [InlineData("openai/gpt-oss-120b", "model.layers.0.self_attn.sinks", "64", 1)]
    [InlineData("ibm-granite/granite-3.0-3b-a800m-base", "model.layers.0.block_sparse_moe.input_linear.weight", "40,1024,1536", 1)]
    [InlineData("databricks/dbrx-instruct", "transformer.blocks.39.ffn.experts.mlp.w2", "172032,6144", 1)]
    [InlineData("meta-llama/Llama-4-Scout-17B-16E-Instruct", "model.layers.0.feed_forward.experts.gate_up_proj", "16,5120,16384", 1)]
    [InlineData("zai-org/GLM-4.5-Air", "model.layers.46.shared_head.head.weight", "151552,4096", 1)]
    [InlineData("baidu/ERNIE-4.5-300B-A47B-PT", "model.mtp_linear_proj.0.weight", "8192,16384", 1)]
    [InlineData("LGAI-EXAONE/K-EXAONE-236B-A23B", "mtp.fc.weight", "6144,12288", 1)]
    [InlineData("inclusionAI/Ling-mini-2.0", "model.layers.19.attention.query_layernorm.weight", "128", 1)]
    [InlineData("arcee-ai/Trinity-Nano-Preview", "model.layers.55.mlp.router.gate.weight", "128,1024", 1)]
    [InlineData("xai-org/grok-1", "model.layers.63.moe_block.experts.*.linear_1.weight", "6144,32768", 8)]
    [InlineData("tencent/Hunyuan-A13B-Instruct", "model.layers.0.mlp.shared_mlp.down_proj.weight", "4096,3072", 1)]
    public void Tensors_are_named_and_shaped_as_the_checkpoint_stores_them(string model, string name, string shape, long count)
    {
        var tensors = ModelReader.FromConfig(MixtureCase.Of(model).Config.ToJsonString()).Tensors;

        var tensor = Assert.Single(tensors, tensor => tensor.Name == name);
        Assert.Equal((shape, count), (string.Join(",", tensor.Shape), tensor.Count));
    }

    [Theory]
    [InlineData("zai-org/GLM-4.5-Air", "model.layers.1.mlp.gate.e_score_correction_bias")]
    [InlineData("baidu/ERNIE-4.5-300B-A47B-PT", "model.layers.3.mlp.gate.weight")]
    [InlineData("MiniMaxAI/MiniMax-M2", "model.layers.0.block_sparse_moe.e_score_correction_bias")]
    public void What_chooses_the_experts_may_be_kept_in_F32(string model, string name)
    {
        var tensors = ModelReader.FromConfig(MixtureCase.Of(model).Config.ToJsonString()).Tensors;

        Assert.Equal(("Router", "F32"), tensors.Where(tensor => tensor.Name == name).Select(tensor => (tensor.Role, tensor.DataType)).Single());
    }

    [Fact]
    public void Layers_of_gpt_oss_slide_and_see_everything_in_turn()
    {
        Assert.Equal(["SlidingWindow", "Full", "SlidingWindow", "Full"], Kinds(MixtureCase.Of("openai/gpt-oss-120b").Config).Take(4));
    }

    [Fact]
    public void Every_fourth_layer_of_K_EXAONE_sees_everything()
    {
        Assert.Equal(
            ["SlidingWindow", "SlidingWindow", "SlidingWindow", "Full"],
            Kinds(MixtureCase.Of("LGAI-EXAONE/K-EXAONE-236B-A23B").Config).Take(4));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"no_rope_layer_interval": 4}""")]
    [InlineData("""{"no_rope_layers": [1, 1, 1, 0, 1, 1, 1, 0]}""")]
    [InlineData("""{"layer_types": ["chunked_attention", "chunked_attention", "chunked_attention", "full_attention", "chunked_attention", "chunked_attention", "chunked_attention", "full_attention"]}""")]
    public void Every_fourth_layer_of_Llama_4_sees_more_than_its_chunk(string fields)
    {
        var config = (JsonObject)MixtureCase.Of("meta-llama/Llama-4-Scout-17B-16E-Instruct").Config.DeepClone();
        config.Remove("no_rope_layer_interval");
        config["num_hidden_layers"] = 8;
        foreach (var (name, value) in JsonNode.Parse(fields)!.AsObject())
        {
            config[name] = value!.DeepClone();
        }

        Assert.Equal(["Chunked", "Chunked", "Chunked", "Full", "Chunked", "Chunked", "Chunked", "Full"], Kinds(config));
    }

    [Fact]
    public void Maverick_has_experts_in_every_second_layer_and_a_list_says_otherwise()
    {
        var config = (JsonObject)MixtureCase.Of("meta-llama/Llama-4-Maverick-17B-128E-Instruct").Config.DeepClone();
        config["num_hidden_layers"] = 4;
        Assert.Equal(["Dense", "Experts", "Dense", "Experts"], Networks(config));

        config["moe_layers"] = new JsonArray(0);
        Assert.Equal(["Experts", "Dense", "Dense", "Dense"], Networks(config));
    }

    [Fact]
    public void A_step_and_a_list_say_which_layers_of_Qwen_are_dense()
    {
        var config = (JsonObject)MixtureCase.Of("Qwen/Qwen3-235B-A22B").Config.DeepClone();
        config["num_hidden_layers"] = 6;
        config["decoder_sparse_step"] = 2;
        config["mlp_only_layers"] = new JsonArray(1);

        Assert.Equal(["Dense", "Dense", "Dense", "Experts", "Dense", "Experts"], Networks(config));
    }

    [Fact]
    public void Dbrx_has_dimensions_in_parts_of_its_configuration()
    {
        const string Parts =
            """
            {"model_type": "dbrx", "d_model": 6144, "n_layers": 40, "n_heads": 48, "vocab_size": 100352,
             "tie_word_embeddings": false, "attn_config": {"kv_n_heads": 8},
             "ffn_config": {"moe_num_experts": 16, "moe_top_k": 4, "ffn_hidden_size": 10752}}
            """;

        Assert.Equal(MixtureCase.Of("databricks/dbrx-instruct").Text, ModelReader.FromConfig(Parts).TextParameters);
    }

    [Fact]
    public void Hunyuan_may_list_its_dimensions_layer_by_layer()
    {
        var mixture = MixtureCase.Of("tencent/Hunyuan-A13B-Instruct");
        var config = (JsonObject)mixture.Config.DeepClone();
        config.Remove("num_experts_per_tok");
        config["moe_topk"] = new JsonArray(8, 8);
        config["num_shared_expert"] = new JsonArray(1, 1);
        config["moe_intermediate_size"] = new JsonArray(3072, 3072);

        var model = ModelReader.FromConfig(config.ToJsonString());

        Assert.Equal((mixture.Text, mixture.Active), (model.TextParameters, model.ActiveParameters));
    }

    [Fact]
    public void Ling_2_may_have_a_drafting_module_that_shares_embedding_and_head()
    {
        var config = (JsonObject)MixtureCase.Of("inclusionAI/Ling-mini-2.0").Config.DeepClone();
        config["num_nextn_predict_layers"] = 1;

        var model = ModelReader.FromConfig(config.ToJsonString());

        // Of inclusionAI/Ling-V2, modeling_bailing_moe_v2.py: a layer with experts, a joint, three normalisations.
        var layer = model.Tensors.Where(tensor => tensor.Layer == 19).Sum(tensor => tensor.Parameters);
        Assert.Equal(layer + (2L * 2048 * 2048) + (3 * 2048), model.MtpParameters);
    }

    [Theory]
    [InlineData("Qwen/Qwen3-235B-A22B", "num_experts_per_tok", "129", "ConfigFieldInvalid", "129 of 128")]
    [InlineData("Qwen/Qwen3-235B-A22B", "num_experts", null, "ConfigFieldMissing", "num_experts")]
    [InlineData("Qwen/Qwen3-235B-A22B", "num_experts_per_tok", null, "ConfigFieldMissing", "num_experts_per_tok")]
    [InlineData("zai-org/GLM-4.5-Air", "moe_layer_freq", "[1, 0]", "ConfigFieldInvalid", "2 entries")]
    [InlineData("zai-org/GLM-4.5-Air", "num_nextn_predict_layers", "99999", "ConfigFieldInvalid", "99999 layers")]
    [InlineData("meta-llama/Llama-4-Scout-17B-16E-Instruct", "no_rope_layers", "[1]", "ConfigFieldInvalid", "1 entries")]
    [InlineData("LGAI-EXAONE/K-EXAONE-236B-A23B", "mlp_layer_types", "[\"dense\"]", "ConfigFieldInvalid", "1 entries")]
    [InlineData("tencent/Hunyuan-A13B-Instruct", "num_experts", "[64, 32]", "ConfigFieldInvalid", "differ")]
    [InlineData("tencent/Hunyuan-A13B-Instruct", "use_cla", "true", "ConfigFieldInvalid", "keys of others")]
    [InlineData("Snowflake/snowflake-arctic-instruct", "moe_layer_frequency", "2", "ConfigFieldInvalid", "one layer of 2")]
    public void What_no_known_model_has_is_refused(string model, string field, string? value, string id, string mentioned)
    {
        var config = (JsonObject)MixtureCase.Of(model).Config.DeepClone();
        config.Remove(field);
        if (value is not null)
        {
            config[field] = JsonNode.Parse(value);
        }

        var error = Assert.Throws<LlmMemoryException>(() => ModelReader.FromConfig(config.ToJsonString()));

        Assert.Equal(id, error.ErrorId);
        Assert.Contains(mentioned, error.Message);
    }

    [SharedDataTheory("configs")]
    [InlineData("openai--gpt-oss-120b", 116_829_156_672)]
    [InlineData("mistralai--Mixtral-8x7B-v0.1", 46_702_792_704)]
    [InlineData("meta-llama--Llama-4-Maverick-17B-128E-Instruct", 400_711_848_960)]
    [InlineData("meta-llama--Llama-4-Scout-17B-16E-Instruct", 107_769_861_120)]
    [InlineData("MiniMaxAI--MiniMax-M2.5", 228_689_764_864)]
    public void The_file_on_the_hub_gives_the_same_total(string file, long text)
    {
        var json = File.ReadAllText(ReferenceData.Shared("configs", file + "_config.json"));

        var model = ModelReader.FromConfig(json, new ModelReadingOptions { TextOnly = true });

        Assert.Equal((text, 0), (model.TextParameters, model.MtpParameters));
    }

    private static IEnumerable<string> Kinds(JsonObject config)
    {
        return Layers(config).Select(layer => layer.Mixers.Single().Kind);
    }

    private static IEnumerable<string> Networks(JsonObject config)
    {
        return Layers(config).Select(layer => Assert.IsType<FeedForward>(layer.FeedForward, exactMatch: false).Kind);
    }

    private static DetailList<ModelLayer> Layers(JsonObject config)
    {
        return ModelReader.FromConfig(config.ToJsonString()).Layers!;
    }
}
