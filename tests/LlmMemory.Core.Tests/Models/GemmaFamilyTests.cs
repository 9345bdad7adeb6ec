using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Gemma 1 to 4: published totals, windows, shared keys and values, experts.</summary>
public sealed class GemmaFamilyTests
{
    private const string Gemma3n =
        """
        "model_type": "gemma3n_text", "hidden_size": 2048, "num_hidden_layers": 35, "num_attention_heads": 8,
        "num_key_value_heads": 2, "head_dim": 256, "vocab_size": 262400, "vocab_size_per_layer_input": 262144,
        "hidden_size_per_layer_input": 256, "altup_num_inputs": 4, "laurel_rank": 64, "num_kv_shared_layers": 15,
        "sliding_window": 512
        """;

    private const string Gemma4Small =
        """
        "model_type": "gemma4_text", "hidden_size": 1536, "num_hidden_layers": 35, "num_attention_heads": 8,
        "num_key_value_heads": 1, "head_dim": 256, "global_head_dim": 512, "intermediate_size": 6144,
        "vocab_size": 262144, "hidden_size_per_layer_input": 256, "vocab_size_per_layer_input": 262144,
        "num_kv_shared_layers": 20, "use_double_wide_mlp": true, "sliding_window": 512, "sliding_window_pattern": 5
        """;

    private const string Gemma4Experts =
        """
        "model_type": "gemma4_text", "hidden_size": 2816, "num_hidden_layers": 30, "num_attention_heads": 16,
        "num_key_value_heads": 8, "head_dim": 256, "global_head_dim": 512, "num_global_key_value_heads": 2,
        "attention_k_eq_v": true, "intermediate_size": 2112, "vocab_size": 262144, "hidden_size_per_layer_input": 0,
        "enable_moe_block": true, "num_experts": 128, "top_k_experts": 8, "moe_intermediate_size": 704,
        "sliding_window": 1024
        """;

    /// <summary>Repository, configuration, weights of the language model by the total of the hub's metadata.</summary>
    public static TheoryData<string, string, long> PublishedTotals => new()
    {
        {
            "google/gemma-2b",
            """
            "model_type": "gemma", "hidden_size": 2048, "num_hidden_layers": 18, "num_attention_heads": 8,
            "num_key_value_heads": 1, "head_dim": 256, "intermediate_size": 16384, "vocab_size": 256000
            """,
            2_506_172_416
        },
        {
            "google/gemma-2-9b",
            """
            "model_type": "gemma2", "hidden_size": 3584, "num_hidden_layers": 42, "num_attention_heads": 16,
            "num_key_value_heads": 8, "head_dim": 256, "intermediate_size": 14336, "vocab_size": 256000
            """,
            9_241_705_984
        },
        {
            // The total of the repository, 27,432,406,640, less tower and projector of 423,060,336.
            "google/gemma-3-27b-it",
            """
            "model_type": "gemma3_text", "hidden_size": 5376, "num_hidden_layers": 62, "num_attention_heads": 32,
            "num_key_value_heads": 16, "head_dim": 128, "intermediate_size": 21504, "vocab_size": 262208,
            "sliding_window": 1024
            """,
            27_009_346_304
        },
        {
            "google/gemma-3-270m",
            """
            "model_type": "gemma3_text", "hidden_size": 640, "num_hidden_layers": 18, "num_attention_heads": 4,
            "num_key_value_heads": 1, "head_dim": 256, "intermediate_size": 2048, "vocab_size": 262144,
            "sliding_window": 512
            """,
            268_098_176
        },
        {
            // The total of the repository less its towers, whose weights TowerCountTests count.
            "google/gemma-3n-E4B-it",
            Gemma3n + ", \"intermediate_size\": [" + string.Join(", ", Enumerable.Repeat("16384", 35)) + "]",
            6_866_696_688
        },
        {
            // The total, 5,123,178,051, less towers and projectors of 475,728,160; layers that share are in it with
            // their key and value projections.
            "google/gemma-4-E2B-it", Gemma4Small, 4_647_449_891
        },
        {
            // The total, 32,682,372,656, has the tied head twice, and tower and projector of 575,743,536, but not the
            // scalars of the 60 layers, nor 2,304 of the tower; 26B likewise.
            "google/gemma-4-31B",
            """
            "model_type": "gemma4_text", "hidden_size": 5376, "num_hidden_layers": 60, "num_attention_heads": 32,
            "num_key_value_heads": 16, "head_dim": 256, "global_head_dim": 512, "num_global_key_value_heads": 4,
            "attention_k_eq_v": true, "intermediate_size": 21504, "vocab_size": 262144, "sliding_window": 1024
            """,
            30_697_345_340
        },
        { "google/gemma-4-26B-A4B", Gemma4Experts, 25_233_141_790 },
    };

    [Theory]
    [MemberData(nameof(PublishedTotals))]
    public void A_model_has_its_weights_to_the_last_digit(string repository, string fields, long weights)
    {
        var model = ModelReader.FromConfig("{" + fields + "}");

        Assert.Equal((repository, weights), (repository, model.Parameters));
        Assert.True(model.Architecture!.TiesEmbeddings);
        var names = model.Tensors.Select(tensor => tensor.Name).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Theory]
    [InlineData("gemma2", "", "slides sees slides sees slides sees slides")]
    [InlineData("gemma3_text", "", "slides slides slides slides slides sees slides")]
    [InlineData("gemma3_text", """, "sliding_window_pattern": 3""", "slides slides sees slides slides sees slides")]
    [InlineData("gemma3_text", """, "sliding_window": null""", "sees sees sees sees sees sees sees")]
    [InlineData("gemma4_text", "", "slides slides slides slides slides sees sees")]
    [InlineData("gemma", "", "sees sees sees sees sees sees sees")]
    public void Layers_slide_in_the_pattern_of_their_generation(string modelType, string fields, string pattern)
    {
        var model = Read(modelType, fields);

        Assert.Equal(pattern, string.Join(" ", model.Layers!.Select(layer => Attention(layer).Window is null ? "sees" : "slides")));
    }

    [Fact]
    public void What_the_configuration_lists_goes_before_the_pattern()
    {
        var kinds = string.Join(", ", Enumerable.Range(0, 7).Select(index => index == 2 ? "\"full_attention\"" : "\"sliding_attention\""));
        var model = Read("gemma3_text", ", \"sliding_window\": 8, \"layer_types\": [" + kinds + "]");

        Assert.Equal([8, 8, null, 8, 8, 8, 8], model.Layers!.Select(layer => Attention(layer).Window));
    }

    [Fact]
    public void The_last_layers_of_Gemma_3n_read_keys_and_values_of_the_last_layer_of_their_kind_before_them()
    {
        // kv_shared_layer_index in transformers' Gemma3nTextAttention: of 35 layers 20 have their own, every fifth sees everything.
        var model = ModelReader.FromConfig("{" + Gemma3n + ", \"intermediate_size\": 16384}");
        var sources = model.Layers!.Select(layer => Attention(layer).SharesKeyValueOf).ToList();

        Assert.All(sources.Take(20), Assert.Null);
        Assert.Equal([18, 18, 18, 18, 19], sources.Skip(20).Take(5));
        Assert.Equal(19, sources[34]);
        Assert.Contains(model.Tensors, tensor => tensor.Name == "model.layers.34.self_attn.k_proj.weight");
    }

    [Fact]
    public void Gemma_3n_has_several_hidden_states_and_an_embedding_for_each_layer()
    {
        var model = ModelReader.FromConfig("{" + Gemma3n + ", \"intermediate_size\": 16384}");
        var shapes = model.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Shape);

        Assert.Equal([262144, 35 * 256], shapes["model.embed_tokens_per_layer.weight"]);
        Assert.Equal([16, 4], shapes["model.layers.0.altup.prediction_coefs.weight"]);
        Assert.Equal([64, 2048], shapes["model.layers.0.laurel.linear_left.weight"]);
        Assert.Equal([256, 2048], shapes["model.layers.0.per_layer_input_gate.weight"]);
        Assert.Contains("model.altup_unembed_projections.2.weight", shapes.Keys);
        Assert.DoesNotContain("model.altup_projections.3.weight", shapes.Keys);
    }

    [Fact]
    public void The_layers_of_Gemma_4_that_share_are_twice_as_wide_where_the_configuration_says_so()
    {
        var layers = ModelReader.FromConfig("{" + Gemma4Small + "}").Layers!;

        Assert.Equal((6144, 12288), (Width(layers[14]), Width(layers[15])));
        Assert.Equal((null, 13, 14), (Attention(layers[14]).SharesKeyValueOf, Attention(layers[15]).SharesKeyValueOf, Attention(layers[34]).SharesKeyValueOf));
    }

    [Fact]
    public void Layers_of_Gemma_4_that_see_everything_have_wider_and_fewer_heads_whose_key_is_the_value()
    {
        var model = ModelReader.FromConfig("{" + Gemma4Experts + "}");
        var (sliding, full) = (Attention(model.Layers![4]), Attention(model.Layers[5]));

        Assert.Equal((8, 256, false, 1024), (sliding.KeyValueHeads, sliding.HeadSize, sliding.ValueIsKey, sliding.Window));
        Assert.Equal((2, 512, true, null), (full.KeyValueHeads, full.HeadSize, full.ValueIsKey, full.Window));
        Assert.DoesNotContain(model.Tensors, tensor => tensor.Name == "model.layers.5.self_attn.v_proj.weight");
    }

    [Fact]
    public void A_wide_head_size_that_says_null_is_that_of_the_other_layers()
    {
        Assert.Equal(256, Attention(Read("gemma4_text", """, "global_head_dim": null""").Layers![5]).HeadSize);
        Assert.Equal(512, Attention(Read("gemma4_text", string.Empty).Layers![5]).HeadSize);
    }

    [Fact]
    public void Experts_of_Gemma_4_stand_beside_a_dense_network_and_eight_of_them_work()
    {
        var model = ModelReader.FromConfig("{" + Gemma4Experts + "}");
        var shapes = model.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Shape);

        Assert.Equal("SlidingWindow + Dense + Experts", model.Layers![0].ToString());
        Assert.Equal([128, 2 * 704, 2816], shapes["model.layers.0.experts.gate_up_proj"]);
        Assert.Equal([128], shapes["model.layers.0.router.per_expert_scale"]);

        // 120 of 128 experts, 3 x 2,816 x 704 each, rest in each of the 30 layers.
        Assert.Equal(25_233_141_790 - (30L * 120 * 3 * 2816 * 704), model.ActiveParameters);
    }

    [SharedDataFact("configs", "google--gemma-4-26B-A4B_config.json")]
    public void The_published_configuration_of_Gemma_4_26B_gives_the_same_language_model()
    {
        var json = System.IO.File.ReadAllText(ReferenceData.Shared("configs", "google--gemma-4-26B-A4B_config.json"));

        Assert.Equal(25_233_141_790, ModelReader.FromConfig(json).TextParameters);
    }

    private static LlmModel Read(string modelType, string fields)
    {
        return ModelReader.FromConfig(
            "{\"model_type\": \"" + modelType + "\"" + fields + """
            , "hidden_size": 64, "num_hidden_layers": 7, "num_attention_heads": 4, "num_key_value_heads": 2,
             "intermediate_size": 128, "vocab_size": 32}
            """);
    }

    private static GroupedQueryAttention Attention(ModelLayer layer)
    {
        return (GroupedQueryAttention)layer.Mixers.Single();
    }

    private static int Width(ModelLayer layer)
    {
        return ((DenseMlp)layer.FeedForward!).IntermediateSize;
    }
}
