using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>GPT-2 and the decoders of its time and manner: published totals, names and shapes as stored, windows.</summary>
public sealed class GptFamilyTests
{
    private const string Gpt2 =
        """
        "model_type": "gpt2", "n_embd": 768, "n_layer": 12, "n_head": 12, "n_positions": 1024, "vocab_size": 50257
        """;

    private const string Opt350m =
        """
        "model_type": "opt", "hidden_size": 1024, "num_hidden_layers": 24, "num_attention_heads": 16, "ffn_dim": 4096,
        "max_position_embeddings": 2048, "vocab_size": 50272, "word_embed_proj_dim": 512, "do_layer_norm_before": false
        """;

    private const string Falcon40B =
        """
        "hidden_size": 8192, "num_hidden_layers": 60, "num_attention_heads": 128, "vocab_size": 65024
        """;

    private const string GptNeo =
        """
        "model_type": "gpt_neo", "hidden_size": 8, "num_layers": 4, "num_heads": 2, "max_position_embeddings": 16,
        "vocab_size": 32
        """;

    /// <summary>Repository, configuration, weights: the total of the hub's metadata less what the comment says.</summary>
    public static TheoryData<string, string, long> PublishedTotals => new()
    {
        { "openai-community/gpt2", Gpt2, 124_439_808 },
        {
            "openai-community/gpt2-xl",
            """
            "model_type": "gpt2", "n_embd": 1600, "n_layer": 48, "n_head": 25, "n_positions": 1024, "vocab_size": 50257
            """,
            1_557_611_200
        },
        {
            "ibm-granite/granite-34b-code-instruct-8k",
            """
            "model_type": "gpt_bigcode", "n_embd": 6144, "n_layer": 88, "n_head": 48, "n_inner": 24576,
            "n_positions": 8192, "vocab_size": 49152, "multi_query": true
            """,
            33_715_603_456
        },
        {
            // Less six causal masks of 2048 x 2048, which its checkpoint holds as buffers.
            "EleutherAI/gpt-neo-125m",
            """
            "model_type": "gpt_neo", "hidden_size": 768, "num_layers": 12, "num_heads": 12, "intermediate_size": null,
            "max_position_embeddings": 2048, "vocab_size": 50257, "window_size": 256,
            "attention_types": [[["global", "local"], 6]]
            """,
            125_198_592
        },
        {
            "EleutherAI/gpt-neox-20b",
            """
            "model_type": "gpt_neox", "hidden_size": 6144, "num_hidden_layers": 44, "num_attention_heads": 64,
            "intermediate_size": 24576, "vocab_size": 50432, "max_position_embeddings": 2048
            """,
            20_554_567_680
        },
        {
            "facebook/opt-125m",
            """
            "model_type": "opt", "hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12,
            "ffn_dim": 3072, "max_position_embeddings": 2048, "vocab_size": 50272
            """,
            125_239_296
        },
        { "facebook/opt-350m", Opt350m, 331_196_416 },
        {
            "facebook/xglm-564M",
            """
            "model_type": "xglm", "d_model": 1024, "num_layers": 24, "attention_heads": 16, "ffn_dim": 4096,
            "vocab_size": 256008, "max_position_embeddings": 2048
            """,
            564_463_616
        },
        {
            "bigscience/bloom",
            """
            "model_type": "bloom", "hidden_size": 14336, "n_layer": 70, "num_attention_heads": 112, "vocab_size": 250880
            """,
            176_247_271_424
        },
        {
            // Less the copy of the tied head, 65,024 x 4,544, that its checkpoint holds; so 40B below.
            "tiiuae/falcon-7b",
            """
            "model_type": "falcon", "hidden_size": 4544, "num_hidden_layers": 32, "num_attention_heads": 71,
            "vocab_size": 65024, "multi_query": true, "parallel_attn": true, "bias": false
            """,
            6_921_720_704
        },
        {
            "tiiuae/falcon-40b",
            $"""
            "model_type": "falcon", "num_kv_heads": 8, "new_decoder_architecture": true, {Falcon40B}
            """,
            41_303_293_952
        },
        {
            "bigcode/starcoder2-7b",
            """
            "model_type": "starcoder2", "hidden_size": 4608, "num_hidden_layers": 32, "num_attention_heads": 36,
            "num_key_value_heads": 4, "intermediate_size": 18432, "vocab_size": 49152, "use_bias": true,
            "sliding_window": 4096, "max_position_embeddings": 16384
            """,
            7_173_923_840
        },
        {
            "microsoft/phi-2",
            """
            "model_type": "phi", "hidden_size": 2560, "num_hidden_layers": 32, "num_attention_heads": 32,
            "intermediate_size": 10240, "vocab_size": 51200, "max_position_embeddings": 2048
            """,
            2_779_683_840
        },
        {
            // Less rotary frequencies, 64 in each of 32 layers.
            "microsoft/Phi-3-small-8k-instruct",
            """
            "model_type": "phi3small", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32,
            "num_key_value_heads": 8, "ff_intermediate_size": 14336, "vocab_size": 100352
            """,
            7_392_272_384
        },
        {
            // The total of adept/fuyu-8b less what turns patches into hidden states, 2,700 x 4,096 + 4,096.
            "adept/fuyu-8b, language model",
            """
            "model_type": "persimmon", "hidden_size": 4096, "num_hidden_layers": 36, "num_attention_heads": 64,
            "intermediate_size": 16384, "vocab_size": 262144, "qk_layernorm": true
            """,
            9_397_175_296
        },
    };

    /// <summary>
    /// Models without a published total to the digit: worked out by hand from the shapes in their classes, with V rows,
    /// L layers of width H, and norms of H or 2H.
    /// </summary>
    public static TheoryData<string, string, long> WorkedOut => new()
    {
        {
            // EleutherAI/gpt-j-6b: head with bias, one LayerNorm: 2VH + V + L (12H^2 + 7H) + 2H.
            "EleutherAI/gpt-j-6b",
            """
            "model_type": "gptj", "n_embd": 4096, "n_layer": 28, "n_head": 16, "n_positions": 2048, "vocab_size": 50400
            """,
            (2L * 50400 * 4096) + 50400 + (28 * ((12L * 4096 * 4096) + (7 * 4096))) + (2 * 4096)
        },
        {
            "Salesforce/codegen-350M-mono",
            """
            "model_type": "codegen", "n_embd": 1024, "n_layer": 20, "n_head": 16, "n_positions": 2048, "vocab_size": 51200
            """,
            (2L * 51200 * 1024) + 51200 + (20 * ((12L * 1024 * 1024) + (7 * 1024))) + (2 * 1024)
        },
        {
            // No bias anywhere: VH + L (12H^2 + 2H) + H.
            "mosaicml/mpt-7b",
            """
            "model_type": "mpt", "d_model": 4096, "n_layers": 32, "n_heads": 32, "vocab_size": 50432, "max_seq_len": 2048,
            "expansion_ratio": 4, "no_bias": true, "attn_config": {"alibi": true, "attn_type": "multihead_attention"}
            """,
            (50432L * 4096) + (32 * ((12L * 4096 * 4096) + (2 * 4096))) + 4096
        },
        {
            // Biases and two LayerNorms: VH + L (12H^2 + 13H) + 2H, as GPT-2 without positions.
            "tiiuae/falcon-rw-1b",
            """
            "model_type": "falcon", "hidden_size": 2048, "num_hidden_layers": 24, "num_attention_heads": 32,
            "vocab_size": 50304, "alibi": true, "bias": true, "multi_query": false, "parallel_attn": false
            """,
            (50304L * 2048) + (24 * ((12L * 2048 * 2048) + (13 * 2048))) + (2 * 2048)
        },
    };

    [Theory]
    [MemberData(nameof(PublishedTotals))]
    [MemberData(nameof(WorkedOut))]
    public void A_model_has_its_weights_to_the_last_digit(string repository, string fields, long weights)
    {
        var model = ModelReader.FromConfig("{" + fields + "}");

        Assert.Equal((repository, weights), (repository, model.Parameters));
        Assert.Equal(weights, model.ActiveParameters);
        var names = model.Tensors.Select(tensor => tensor.Name).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Theory]
    [InlineData("h.0.attn.c_attn.weight", new long[] { 768, 2304 })]
    [InlineData("h.11.mlp.c_fc.weight", new long[] { 768, 3072 })]
    [InlineData("h.11.mlp.c_proj.weight", new long[] { 3072, 768 })]
    [InlineData("h.0.attn.c_attn.bias", new long[] { 2304 })]
    [InlineData("wpe.weight", new long[] { 1024, 768 })]
    public void GPT_2_stores_its_projections_with_the_inputs_first(string name, long[] shape)
    {
        var model = ModelReader.FromConfig("{" + Gpt2 + "}");

        Assert.Equal(shape, model.Tensors.Single(tensor => tensor.Name == name).Shape);
        Assert.DoesNotContain(model.Tensors, tensor => tensor.Role == "Head");
    }

    [Fact]
    public void Multi_query_attention_has_one_key_head_and_stores_the_outputs_first()
    {
        var model = ModelReader.FromConfig(
            """
            {"model_type": "gpt_bigcode", "n_embd": 64, "n_layer": 1, "n_head": 4, "n_positions": 8, "vocab_size": 32}
            """);

        Assert.Equal(1, Attention(model, 0).KeyValueHeads);
        Assert.Equal([64 + (2 * 16), 64], model.Tensors.Single(tensor => tensor.Name == "transformer.h.0.attn.c_attn.weight").Shape);
    }

    [Fact]
    public void OPT_350M_has_narrower_embeddings_and_no_last_normalisation()
    {
        var model = ModelReader.FromConfig("{" + Opt350m + "}");
        var names = model.Tensors.Select(tensor => tensor.Name).ToList();

        Assert.Equal([50272, 512], model.Tensors.Single(tensor => tensor.Name == "model.decoder.embed_tokens.weight").Shape);
        Assert.Equal([1024, 512], model.Tensors.Single(tensor => tensor.Name == "model.decoder.project_in.weight").Shape);
        Assert.Contains("model.decoder.layers.0.final_layer_norm.bias", names);
        Assert.DoesNotContain("model.decoder.final_layer_norm.weight", names);
    }

    [Fact]
    public void Falcon_40B_is_the_same_under_the_name_it_had_first()
    {
        var model = ModelReader.FromConfig("{\"model_type\": \"RefinedWeb\", \"n_head_kv\": 8, " + Falcon40B + "}");

        Assert.Equal(41_303_293_952, model.Parameters);
        Assert.Equal(8, Attention(model, 0).KeyValueHeads);
        Assert.Contains(model.Tensors, tensor => tensor.Name == "transformer.h.59.ln_mlp.weight");
    }

    [Fact]
    public void Falcon_2_has_several_key_heads_and_one_normalisation()
    {
        // tiiuae/falcon-11B. VH twice, L (12H^2 of which keys and values have 8 of 32 heads) and norms of 2H.
        var model = ModelReader.FromConfig(
            """
            {"model_type": "falcon", "hidden_size": 4096, "num_hidden_layers": 60, "num_attention_heads": 32,
             "num_kv_heads": 8, "new_decoder_architecture": true, "num_ln_in_parallel_attn": 1, "vocab_size": 65024,
             "tie_word_embeddings": false, "ffn_hidden_size": 16384}
            """);

        var layer = (10L * 4096 * 4096) + (2 * 4096L * 8 * 128) + (2 * 4096);
        Assert.Equal((2L * 65024 * 4096) + (60 * layer) + (2 * 4096), model.Parameters);
    }

    [Theory]
    [InlineData("", "global local global local")]
    [InlineData(""", "attention_types": [[["global"], 1], [["local"], 3]]""", "global local local local")]
    [InlineData(""", "attention_layers": ["local", "global", "global", "local"]""", "local global global local")]
    public void Layers_of_GPT_Neo_see_a_window_where_the_configuration_says_local(string fields, string kinds)
    {
        var model = ModelReader.FromConfig("{" + GptNeo + fields + "}");

        var seen = model.Layers!.Select(layer => ((GroupedQueryAttention)layer.Mixers.Single()).Window == 256 ? "local" : "global");
        Assert.Equal(kinds, string.Join(" ", seen));
    }

    [Fact]
    public void Every_layer_of_StarCoder_2_slides()
    {
        var model = ModelReader.FromConfig(
            """
            {"model_type": "starcoder2", "hidden_size": 64, "num_hidden_layers": 3, "num_attention_heads": 4,
             "num_key_value_heads": 2, "intermediate_size": 128, "vocab_size": 32, "sliding_window": 4096}
            """);

        Assert.All(model.Layers!, layer => Assert.Equal("SlidingWindow + Dense", layer.ToString()));
    }

    private static GroupedQueryAttention Attention(LlmMemory.Models.LlmModel model, int layer)
    {
        return (GroupedQueryAttention)model.Layers![layer].Mixers.Single();
    }
}
