using System;
using System.Linq;
using LlmMemory.Models;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Tensors have the names of the checkpoints: ignore lists and LoRA targets are matched against them.</summary>
public sealed class DenseTensorNameTests
{
    [Theory]

    // model.safetensors.index.json of each model on the hub, modules as modeling_*.py names them.
    [InlineData("baichuan", "model.layers.0.self_attn.W_pack.weight", 3 * 64 * 64)]
    [InlineData("internlm2", "model.layers.0.attention.wqkv.weight", 3 * 64 * 64)]
    [InlineData("internlm2", "model.tok_embeddings.weight", 100 * 64)]
    [InlineData("internlm2", "output.weight", 100 * 64)]
    [InlineData("exaone", "transformer.h.0.attn.attention.out_proj.weight", 64 * 64)]
    [InlineData("exaone", "transformer.h.0.mlp.c_fc_1.weight", 64 * 96)]
    [InlineData("qwen", "transformer.h.0.attn.c_attn.bias", 3 * 64)]
    [InlineData("qwen", "transformer.h.0.mlp.w1.weight", 64 * 48)]
    [InlineData("phi", "model.layers.0.self_attn.dense.bias", 64)]
    [InlineData("phi", "lm_head.bias", 100)]
    [InlineData("phi3", "model.layers.0.self_attn.qkv_proj.weight", 3 * 64 * 64)]
    [InlineData("phi3", "model.layers.0.mlp.gate_up_proj.weight", 2 * 64 * 96)]
    [InlineData("phi3small", "model.layers.0.mlp.up_proj.bias", 2 * 96)]
    [InlineData("glm4", "model.layers.0.post_self_attn_layernorm.weight", 64)]
    [InlineData("glm4", "model.layers.0.post_mlp_layernorm.weight", 64)]
    [InlineData("glm4", "model.layers.0.self_attn.q_proj.bias", 4 * 128)]
    [InlineData("gpt2", "wpe.weight", 32 * 64)]
    [InlineData("gpt2", "h.0.attn.c_attn.bias", 3 * 64)]
    [InlineData("gpt_bigcode", "transformer.h.0.attn.c_attn.weight", 64 * (64 + 32))]
    [InlineData("gpt_neox", "gpt_neox.layers.0.attention.query_key_value.bias", 3 * 64)]
    [InlineData("gpt_neox", "embed_out.weight", 100 * 64)]
    [InlineData("gptj", "transformer.h.0.mlp.fc_in.bias", 96)]
    [InlineData("codegen", "transformer.h.0.attn.qkv_proj.weight", 3 * 64 * 64)]
    [InlineData("bloom", "word_embeddings_layernorm.bias", 64)]
    [InlineData("mpt", "transformer.blocks.0.attn.Wqkv.weight", 3 * 64 * 64)]
    [InlineData("mpt", "transformer.blocks.0.ffn.up_proj.weight", 4 * 64 * 64)]
    [InlineData("falcon", "transformer.h.0.self_attention.query_key_value.weight", 64 * (64 + 32))]
    [InlineData("opt", "model.decoder.embed_positions.weight", 34 * 64)]
    [InlineData("opt", "model.decoder.layers.0.fc1.bias", 96)]
    [InlineData("opt", "model.decoder.final_layer_norm.weight", 64)]
    [InlineData("xglm", "model.layer_norm.weight", 64)]
    [InlineData("persimmon", "model.layers.0.self_attn.q_layernorm.bias", 16)]
    [InlineData("apertus", "model.layers.0.mlp.act_fn.alpha_p", 1)]
    [InlineData("apertus", "model.layers.0.attention_layernorm.weight", 64)]
    [InlineData("bitnet", "model.layers.0.mlp.ffn_sub_norm.weight", 96)]
    [InlineData("hunyuan_v1_dense", "model.layers.0.self_attn.query_layernorm.weight", 16)]
    [InlineData("olmo2", "model.layers.0.self_attn.q_norm.weight", 64)]
    [InlineData("seed_oss", "model.layers.0.self_attn.q_proj.bias", 4 * 128)]
    [InlineData("chatglm", "transformer.encoder.layers.0.mlp.dense_h_to_4h.weight", 2 * 64 * 96)]
    [InlineData("chatglm", "transformer.output_layer.weight", 100 * 64)]
    public void A_tensor_has_the_name_that_the_checkpoint_gives_it(string modelType, string name, long parameters)
    {
        var model = DecoderConfigs.Read(modelType, "\"ffn_hidden_size\": 96");

        Assert.Equal(parameters, model.Tensors.Single(tensor => tensor.Name == name).Parameters);
    }

    [Theory]
    [InlineData("olmo", "norm")]
    [InlineData("llama", "bias")]
    [InlineData("helium", "o_proj.bias")]
    [InlineData("qwen2", "o_proj.bias")]
    [InlineData("seed_oss", "o_proj.bias")]
    [InlineData("gptj", "attn.q_proj.bias")]
    [InlineData("gptj", "ln_2")]
    [InlineData("cohere", "post_attention_layernorm")]
    [InlineData("olmo2", "input_layernorm")]
    [InlineData("arcee", "gate_proj")]
    [InlineData("nemotron", "gate_proj")]
    [InlineData("gemma", "lm_head")]
    [InlineData("smollm3", "lm_head")]
    [InlineData("starcoder2", "lm_head")]
    [InlineData("minicpm", "lm_head")]
    [InlineData("ernie4_5", "lm_head")]
    public void A_family_has_no_tensor_that_its_class_does_not_make(string modelType, string part)
    {
        Assert.DoesNotContain(DecoderConfigs.Read(modelType, "\"attention_bias\": false").Tensors, tensor => tensor.Name.Contains(part));
    }

    [Fact]
    public void Heads_that_are_normalised_one_by_one_are_one_tensor_for_each()
    {
        var model = DecoderConfigs.Read("stablelm", "\"qk_layernorm\": true, \"num_key_value_heads\": 2");

        var norms = model.Tensors.Where(tensor => tensor.Layer == 0 && tensor.Name.Contains("_layernorm.norms.*")).ToList();

        Assert.Equal([(4L, 64L), (2L, 32L)], norms.Select(norm => (norm.Count, norm.Parameters)));
    }

    [Fact]
    public void Falcon_has_the_norms_and_key_heads_of_its_generation()
    {
        Assert.Equal(1, Norms("falcon", "\"multi_query\": true"));
        Assert.Equal(2, Norms("falcon", "\"alibi\": true, \"multi_query\": false, \"bias\": true, \"parallel_attn\": false"));
        Assert.Equal(2, Norms("falcon", "\"new_decoder_architecture\": true, \"num_kv_heads\": 2"));
        Assert.Equal(1, Norms("falcon", "\"new_decoder_architecture\": true, \"num_kv_heads\": 2, \"num_ln_in_parallel_attn\": 1"));
    }

    [Fact]
    public void A_narrow_embedding_is_projected_and_its_head_is_as_narrow()
    {
        // As in facebook/opt-350m, with a head of its own.
        var model = DecoderConfigs.Read("opt", "\"word_embed_proj_dim\": 32, \"tie_word_embeddings\": false");

        Assert.Equal(100 * 32, Parameters(model, "model.decoder.embed_tokens.weight"));
        Assert.Equal(64 * 32, Parameters(model, "model.decoder.project_out.weight"));
        Assert.Equal(100 * 32, Parameters(model, "lm_head.weight"));
    }

    [Fact]
    public void A_width_for_each_layer_is_that_layers()
    {
        var model = DecoderConfigs.Read("llama", "\"num_hidden_layers\": 2, \"intermediate_size\": [32, 48]");

        Assert.Equal(64 * 32, Parameters(model, "model.layers.0.mlp.up_proj.weight"));
        Assert.Equal(64 * 48, Parameters(model, "model.layers.1.mlp.up_proj.weight"));
    }

    [Fact]
    public void A_head_size_that_says_null_is_the_hidden_size_shared_out()
    {
        Assert.Equal(4 * 128 * 64, Parameters(DecoderConfigs.Read("qwen3"), "model.layers.0.self_attn.q_proj.weight"));
        Assert.Equal(64 * 64, Parameters(DecoderConfigs.Read("ernie4_5", "\"head_dim\": null"), "model.layers.0.self_attn.q_proj.weight"));
    }

    [Fact]
    public void Drafting_layers_of_MiMo_join_two_hidden_states()
    {
        var model = DecoderConfigs.Read("mimo", "\"num_nextn_predict_layers\": 2");

        Assert.Equal(2 * 64 * 64, Parameters(model, "model.mtp_layers.1.input_proj.weight"));
        Assert.Equal(model.Parameters, model.TextParameters + model.MtpParameters);
    }

    [Fact]
    public void Experts_of_Gemma_4_work_beside_the_feed_forward_network_and_count_as_they_are_chosen()
    {
        const string Dense = "\"layer_types\": [\"full_attention\"], \"num_hidden_layers\": 1";
        var dense = DecoderConfigs.Read("gemma4_text", Dense);

        var model = DecoderConfigs.Read(
            "gemma4_text",
            Dense + ", \"enable_moe_block\": true, \"num_experts\": 8, \"top_k_experts\": 2, \"moe_intermediate_size\": 16");

        const long Router = (64 * 8) + 64 + 8;
        const long Experts = 8 * 3 * 64 * 16;
        Assert.Equal(dense.Parameters + Router + Experts + (3 * 64), model.Parameters);
        Assert.Equal(model.Parameters - (Experts * 6 / 8), model.ActiveParameters);
    }

    private static int Norms(string modelType, string fields)
    {
        return DecoderConfigs.Read(modelType, fields).Tensors
            .Count(tensor => tensor.Layer == 0 && tensor.Role == nameof(TensorRole.Norm) && tensor.Name.EndsWith(".weight", StringComparison.Ordinal));
    }

    private static long Parameters(LlmModel model, string name)
    {
        return model.Tensors.Single(tensor => tensor.Name == name).Parameters;
    }
}
