using System.Linq;
using LlmMemory.Models.Blocks;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Which layers see a window, share keys and values, or look elsewhere: caches follow from it.</summary>
public sealed class AttentionKindTests
{
    [Theory]

    // The pattern of each class, where a configuration names a window at most: configuration_*.py of transformers.
    [InlineData("gemma2", "", "SFSFSF")]
    [InlineData("gemma3_text", "", "SSSSSF")]
    [InlineData("gemma3n_text", GemmaN, "SSSSFS")]
    [InlineData("gemma4_text", "", "SSSSSF")]
    [InlineData("cohere2", "", "SSSFSS")]
    [InlineData("olmo3", "", "SSSFSS")]
    [InlineData("exaone4", "\"sliding_window\": 8", "SSSFSS")]
    [InlineData("mistral", "\"sliding_window\": 8", "SSSSSS")]
    [InlineData("phi3", "\"sliding_window\": 8", "SSSSSS")]
    [InlineData("starcoder2", "\"sliding_window\": 8", "SSSSSS")]
    [InlineData("gpt_neo", "", "FSFSFS")]
    [InlineData("llama", "", "FFFFFF")]
    [InlineData("cohere", "", "FFFFFF")]

    // What a configuration says goes before.
    [InlineData("gemma2", "\"sliding_window\": null", "FFFFFF")]
    [InlineData("exaone4", "\"sliding_window\": null", "FFFFFF")]
    [InlineData("exaone4", "\"sliding_window\": 8, \"sliding_window_pattern\": \"LG\"", "SFSFSF")]
    [InlineData("exaone4", "\"sliding_window\": 8, \"sliding_window_pattern\": \"LLLG\"", "SSSFSF")]
    [InlineData("gemma3_text", "\"sliding_window_pattern\": 3", "SSFSSF")]
    [InlineData("gemma3_text", "\"_sliding_window_pattern\": 2", "SFSFSF")]
    [InlineData("gemma3_text", "\"layer_types\": [\"full_attention\", \"sliding_attention\", \"sliding_attention\", \"full_attention\", \"full_attention\", \"full_attention\"]", "FSSFFF")]
    [InlineData("gemma4_text", "\"sliding_window_pattern\": 4", "SSSFSF")]
    [InlineData("ministral", "\"sliding_window\": 8, \"layer_types\": [\"full_attention\", \"sliding_attention\", \"sliding_attention\", \"sliding_attention\", \"full_attention\", \"sliding_attention\"]", "FSSSFS")]
    [InlineData("gpt_neo", "\"attention_layers\": [\"global\", \"global\", \"local\", \"global\", \"global\", \"local\"]", "FFSFFS")]

    // Qwen names a window that it does not use.
    [InlineData("qwen2", "\"sliding_window\": 8", "FFFFFF")]
    [InlineData("qwen2", "\"sliding_window\": 8, \"use_sliding_window\": false, \"max_window_layers\": 2", "FFFFFF")]
    [InlineData("qwen2", "\"sliding_window\": 8, \"use_sliding_window\": true, \"max_window_layers\": 2", "FFSSSS")]
    [InlineData("qwen2", "\"sliding_window\": 8, \"use_sliding_window\": true", "FFFFFF")]
    [InlineData("mllama_text_model", "\"cross_attention_layers\": [1, 4]", "FCFFCF")]
    public void Layers_see_what_their_family_and_configuration_say(string modelType, string fields, string kinds)
    {
        Assert.Equal(kinds, DecoderConfigs.Kinds(DecoderConfigs.Read(modelType, fields)));
    }

    [Theory]
    [InlineData("gemma2", "", 4096)]
    [InlineData("gemma4_text", "", 512)]
    [InlineData("gemma2", "\"sliding_window\": 24", 24)]
    [InlineData("gpt_neo", "", 256)]
    public void A_window_is_the_configurations_or_else_the_classs(string modelType, string fields, int window)
    {
        var windows = DecoderConfigs.Read(modelType, fields).Layers!.SelectMany(layer => layer.Mixers)
            .OfType<GroupedQueryAttention>().Select(attention => attention.Window).Where(tokens => tokens is not null).Distinct();

        Assert.Equal([window], windows);
    }

    [Fact]
    public void The_last_layers_of_Gemma_3n_read_the_last_layer_of_their_kind_before_them()
    {
        var model = DecoderConfigs.Read(
            "gemma3n_text", GemmaN + ", \"sliding_window_pattern\": 2, \"num_kv_shared_layers\": 3");

        var sources = model.Layers!.Select(layer => ((GroupedQueryAttention)layer.Mixers.Single()).SharesKeyValueOf);

        Assert.Equal("SFSFSF", DecoderConfigs.Kinds(model));
        Assert.Equal([null, null, null, 1, 2, 1], sources);
    }

    [Fact]
    public void Layers_of_Gemma_4_that_see_everything_have_wider_and_fewer_heads_and_the_key_as_value()
    {
        var model = DecoderConfigs.Read(
            "gemma4_text",
            "\"global_head_dim\": 32, \"head_dim\": 16, \"num_key_value_heads\": 2, \"num_global_key_value_heads\": 1, \"attention_k_eq_v\": true");

        var attention = model.Layers!.Select(layer => (GroupedQueryAttention)layer.Mixers.Single()).ToList();

        Assert.Equal((16, 2, false), (attention[0].HeadSize, attention[0].KeyValueHeads, attention[0].ValueIsKey));
        Assert.Equal((32, 1, true), (attention[5].HeadSize, attention[5].KeyValueHeads, attention[5].ValueIsKey));
        Assert.DoesNotContain(model.Tensors, tensor => tensor.Name == "model.layers.5.self_attn.v_proj.weight");
    }

    [Fact]
    public void Layers_of_Gemma_4_that_share_keys_and_values_may_be_twice_as_wide()
    {
        var model = DecoderConfigs.Read("gemma4_text", "\"num_kv_shared_layers\": 1, \"use_double_wide_mlp\": true, \"layer_types\": "
            + "[\"full_attention\", \"sliding_attention\", \"full_attention\", \"sliding_attention\", \"full_attention\", \"full_attention\"]");

        var widths = model.Layers!.Select(layer => ((DenseMlp)layer.FeedForward!).IntermediateSize);

        Assert.Equal([96, 96, 96, 96, 96, 192], widths);
    }

    [Fact]
    public void A_searched_model_has_layers_without_attention_without_feed_forward_or_with_a_linear_layer_for_it()
    {
        var model = DecoderConfigs.Read("nemotron-nas", """
            "num_hidden_layers": 4, "block_configs": [
              {"attention": {"n_heads_in_group": 2, "window_length": 8}, "ffn": {"ffn_mult": 1.5}},
              {"attention": {"no_op": true}, "ffn": {"replace_with_linear": true}},
              {"attention": {"replace_with_linear": true}, "ffn": {"no_op": true}},
              {"attention": {"n_heads_in_group": 4}, "ffn": {"ffn_mult": 6.1}}]
            """);

        Assert.Equal("S--F", DecoderConfigs.Kinds(model));
        Assert.Equal(
            [(2, 256), (1, 512)],
            model.Layers!.Where(layer => layer.Mixers.Any()).Select(layer =>
                (((GroupedQueryAttention)layer.Mixers.Single()).KeyValueHeads, ((DenseMlp)layer.FeedForward!).IntermediateSize)));
        Assert.Equal(
            ["post_attention_layernorm.weight", "mlp.linear_mlp.weight", "input_layernorm.weight", "self_attn.linear_attn.weight"],
            model.Tensors.Where(tensor => tensor.Layer is 1 or 2).Select(tensor => tensor.Name.Substring("model.layers.1.".Length)));
    }

    private const string GemmaN =
        "\"hidden_size_per_layer_input\": 8, \"vocab_size_per_layer_input\": 50, \"altup_num_inputs\": 2, \"laurel_rank\": 4";
}
