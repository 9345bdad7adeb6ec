using System.Linq;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>
/// What the tensors of a layer are called in the checkpoint: ignore lists of quantisation and target modules of
/// adapters match on it. Sources: the modules in modeling_*.py of each model, in transformers or beside its checkpoint.
/// </summary>
public sealed class DenseNameTests
{
    private const string Attention = "self_attn.q_proj self_attn.k_proj self_attn.v_proj self_attn.o_proj";

    private const string Mlp = "mlp.gate_proj mlp.up_proj mlp.down_proj";

    private const string Llama = "input_layernorm " + Attention + " post_attention_layernorm " + Mlp;

    private const string QueryKeyNorm = " self_attn.q_norm self_attn.k_norm ";

    private const string After = Attention + QueryKeyNorm + "post_attention_layernorm " + Mlp + " post_feedforward_layernorm";

    /// <summary>The model_type, what the names of a layer start with, and the weights of the layer in order.</summary>
    public static TheoryData<string, string, string> Layers => new()
    {
        { "llama", "model.layers.0.", Llama },
        { "mistral", "model.layers.0.", Llama },
        { "Yi", "model.layers.0.", Llama },
        { "helium", "model.layers.0.", Llama },
        { "seed_oss", "model.layers.0.", Llama },
        { "internlm", "model.layers.0.", Llama },
        { "internlm3", "model.layers.0.", Llama },
        { "stablelm", "model.layers.0.", Llama },
        { "orion", "model.layers.0.", Llama },
        { "olmo", "model.layers.0.", Attention + " " + Mlp },
        { "olmo2", "model.layers.0.", After },
        { "olmo3", "model.layers.0.", After },
        { "exaone4", "model.layers.0.", After },
        { "cohere", "model.layers.0.", "input_layernorm " + Attention + " " + Mlp },
        { "cohere2", "model.layers.0.", "input_layernorm " + Attention + " " + Mlp },
        { "qwen3", "model.layers.0.", "input_layernorm " + Attention + QueryKeyNorm + "post_attention_layernorm " + Mlp },
        { "arcee", "model.layers.0.", "input_layernorm " + Attention + " post_attention_layernorm mlp.up_proj mlp.down_proj" },
        { "nemotron", "model.layers.0.", "input_layernorm " + Attention + " post_attention_layernorm mlp.up_proj mlp.down_proj" },
        {
            "hunyuan_v1_dense", "model.layers.0.",
            "input_layernorm " + Attention + " self_attn.query_layernorm self_attn.key_layernorm post_attention_layernorm " + Mlp
        },
        {
            "apertus", "model.layers.0.",
            "attention_layernorm " + Attention + QueryKeyNorm + "feedforward_layernorm mlp.up_proj mlp.down_proj"
        },
        {
            "qwen", "transformer.h.0.",
            "ln_1 attn.c_attn attn.c_proj ln_2 mlp.w2 mlp.w1 mlp.c_proj"
        },
        {
            "exaone", "transformer.h.0.",
            "ln_1 attn.attention.q_proj attn.attention.k_proj attn.attention.v_proj attn.attention.out_proj ln_2 mlp.c_fc_0 mlp.c_fc_1 mlp.c_proj"
        },
        {
            "internlm2", "model.layers.0.",
            "attention_norm attention.wqkv attention.wo ffn_norm feed_forward.w1 feed_forward.w3 feed_forward.w2"
        },
        { "baichuan", "model.layers.0.", "input_layernorm self_attn.W_pack self_attn.o_proj post_attention_layernorm " + Mlp },
        {
            "phi3", "model.layers.0.",
            "input_layernorm self_attn.qkv_proj self_attn.o_proj post_attention_layernorm mlp.gate_up_proj mlp.down_proj"
        },
        { "glm", "model.layers.0.", "input_layernorm " + Attention + " post_attention_layernorm mlp.gate_up_proj mlp.down_proj" },
        {
            "glm4", "model.layers.0.",
            "input_layernorm " + Attention + " post_self_attn_layernorm post_attention_layernorm mlp.gate_up_proj mlp.down_proj post_mlp_layernorm"
        },
        {
            "chatglm", "transformer.encoder.layers.0.",
            "input_layernorm self_attention.query_key_value self_attention.dense post_attention_layernorm mlp.dense_h_to_4h mlp.dense_4h_to_h"
        },
    };

    /// <summary>The model_type, more of its configuration, and the biases of the layer's linear layers.</summary>
    public static TheoryData<string, string, string> Biases => new()
    {
        { "llama", "\"attention_bias\": true", "self_attn.q_proj self_attn.k_proj self_attn.v_proj self_attn.o_proj" },
        { "llama", "\"mlp_bias\": true", Mlp },
        { "mistral", "\"attention_bias\": true", "" },
        { "qwen", "\"no_bias\": true", "attn.c_attn" },
        { "qwen2", "\"tie_word_embeddings\": true", "self_attn.q_proj self_attn.k_proj self_attn.v_proj" },
        { "seed_oss", "\"attention_out_bias\": false", "self_attn.q_proj self_attn.k_proj self_attn.v_proj" },
        { "internlm", "\"bias\": true", Attention },
        { "internlm2", "\"bias\": true", "attention.wqkv attention.wo" },
        { "internlm3", "\"qkv_bias\": true", "self_attn.q_proj self_attn.k_proj self_attn.v_proj" },
        { "stablelm", "\"use_qkv_bias\": true", "self_attn.q_proj self_attn.k_proj self_attn.v_proj" },
        { "glm4", "\"attention_bias\": true", "self_attn.q_proj self_attn.k_proj self_attn.v_proj" },
        { "chatglm", "\"add_qkv_bias\": true", "self_attention.query_key_value" },
        { "ernie4_5", "\"use_bias\": true", Attention + " " + Mlp },
        { "glm4v_text", "\"tie_word_embeddings\": false", "self_attn.q_proj self_attn.k_proj self_attn.v_proj" },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_has_the_weights_of_the_checkpoint(string modelType, string prefix, string weights)
    {
        var model = ModelReader.FromConfig(Config(modelType));

        var names = model.Tensors.Select(tensor => tensor.Name).ToList();
        Assert.Equal(
            weights.Split(' ').Select(weight => $"{prefix}{weight}.weight"),
            names.Where(name => name.StartsWith(prefix, System.StringComparison.Ordinal) && name.EndsWith(".weight", System.StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Biases))]
    public void A_linear_layer_has_a_bias_where_the_checkpoint_has_one(string modelType, string field, string biases)
    {
        var model = ModelReader.FromConfig(Config(modelType, field));

        var found = model.Tensors
            .Where(tensor => tensor.Layer == 0 && tensor.Role != "Norm")
            .Where(tensor => tensor.Name.EndsWith(".bias", System.StringComparison.Ordinal))
            .Select(tensor => tensor.Name[(tensor.Name.IndexOf(".0.", System.StringComparison.Ordinal) + 3)..^".bias".Length]);
        Assert.Equal(biases.Split(' ', System.StringSplitOptions.RemoveEmptyEntries), found);
    }

    [Theory]
    [InlineData("llama", "model.embed_tokens.weight", "model.norm.weight", "lm_head.weight")]
    [InlineData("qwen", "transformer.wte.weight", "transformer.ln_f.weight", "lm_head.weight")]
    [InlineData("internlm2", "model.tok_embeddings.weight", "model.norm.weight", "output.weight")]
    [InlineData("chatglm", "transformer.embedding.word_embeddings.weight", "transformer.encoder.final_layernorm.weight", "transformer.output_layer.weight")]
    [InlineData("olmo", "model.embed_tokens.weight", "lm_head.weight")]
    [InlineData("stablelm", "model.embed_tokens.weight", "model.norm.weight", "model.norm.bias", "lm_head.weight")]
    public void What_lies_around_the_layers_has_the_names_of_the_checkpoint(string modelType, params string[] names)
    {
        var model = ModelReader.FromConfig(Config(modelType));

        Assert.Equal(names, model.Tensors.Where(tensor => tensor.Layer is null).Select(tensor => tensor.Name));
    }

    [Theory]
    [InlineData("cohere")]
    [InlineData("cohere2")]
    [InlineData("exaone")]
    [InlineData("ernie4_5")]
    [InlineData("minicpm")]
    [InlineData("smollm3")]
    public void The_head_is_the_embedding_where_the_class_says_so(string modelType)
    {
        Assert.DoesNotContain(ModelReader.FromConfig(Config(modelType)).Tensors, tensor => tensor.Role == "Head");
    }

    [Fact]
    public void Each_head_of_StableLM_2_12B_normalises_on_its_own_and_one_norm_serves_both_parts()
    {
        var model = ModelReader.FromConfig(Config("stablelm", "\"qk_layernorm\": true, \"use_parallel_residual\": true"));

        var norms = model.Tensors.Where(tensor => tensor.Layer == 0 && tensor.Role == "Norm").ToList();
        Assert.Equal(
            ["input_layernorm.weight", "input_layernorm.bias", "self_attn.q_layernorm.norms.*.weight", "self_attn.k_layernorm.norms.*.weight"],
            norms.Select(tensor => tensor.Name["model.layers.0.".Length..]));
        Assert.Equal([1, 1, 4, 2], norms.Select(tensor => tensor.Count));
        Assert.Equal([64, 64, 4 * 16, 2 * 16], norms.Select(tensor => tensor.Parameters));
    }

    [Fact]
    public void Every_head_of_Command_R_Plus_has_weights_of_its_own_in_one_tensor()
    {
        var model = ModelReader.FromConfig(Config("cohere", "\"use_qk_norm\": true"));

        Assert.Equal(4 * 16, model.Tensors.Single(tensor => tensor.Name.EndsWith("q_norm.weight", System.StringComparison.Ordinal)).Parameters);
        Assert.Equal(2 * 16, model.Tensors.Single(tensor => tensor.Name.EndsWith("k_norm.weight", System.StringComparison.Ordinal)).Parameters);
    }

    private static string Config(string modelType, string more = "\"use_cache\": true")
    {
        return $$"""
            {"model_type": "{{modelType}}", "hidden_size": 64, "num_hidden_layers": 1, "num_attention_heads": 4,
             "num_key_value_heads": 2, "intermediate_size": 96, "vocab_size": 10, {{more}}}
            """;
    }
}
