using System.Linq;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Where the language model stands in a configuration, and what a nested one may leave out.</summary>
public sealed class LanguageModelPartTests
{
    // 6,738,415,616 is Llama-2-7B's published total.
    private const long Llama2 = 6_738_415_616;

    [Fact]
    public void A_nested_configuration_takes_the_values_of_its_class()
    {
        // As in llava-hf/llava-1.5-7b-hf: the language model is Vicuna-7B with 64 more tokens, and no dimension is named.
        var model = ModelReader.FromConfig(
            """
            {"model_type": "llava", "tie_word_embeddings": false, "torch_dtype": "float16",
             "text_config": {"model_type": "llama", "max_position_embeddings": 4096, "vocab_size": 32064},
             "vision_config": {"model_type": "clip_vision_model", "hidden_size": 1024, "image_size": 336,
              "intermediate_size": 4096, "num_attention_heads": 16, "num_hidden_layers": 24, "patch_size": 14}}
            """);

        Assert.Equal(Llama2 + (2 * 64 * 4096), model.TextParameters);
        Assert.Equal(303_507_456 + 20_979_712, model.VisionParameters);
        Assert.Equal(4096, model.ContextLength);
    }

    [Fact]
    public void A_field_that_says_null_does_not_take_the_value_of_its_class()
    {
        // As in llava-hf/llava-v1.6-mistral-7b-hf, whose windows are switched off; the class has one of 4096 tokens.
        const string Config =
            """
            {"model_type": "llava_next",
             "text_config": {"model_type": "mistral", "vocab_size": 32064 @},
             "vision_config": {"model_type": "clip_vision_model", "hidden_size": 1024, "image_size": 336,
              "intermediate_size": 4096, "num_attention_heads": 16, "num_hidden_layers": 24, "patch_size": 14}}
            """;

        var without = ModelReader.FromConfig(Config.Replace("@", ", \"sliding_window\": null"));
        var unsaid = ModelReader.FromConfig(Config.Replace("@", string.Empty));

        Assert.All(without.Layers!, layer => Assert.Equal("Full", layer.Mixers.Single().Kind));
        Assert.All(unsaid.Layers!, layer => Assert.Equal("SlidingWindow", layer.Mixers.Single().Kind));

        // Mistral-7B-v0.2's published total, 64 more tokens in embedding and head.
        Assert.Equal(7_241_732_096 + (2 * 64 * 4096), without.TextParameters);
    }

    [Theory]
    [InlineData("true", 1)]
    [InlineData("false", 2)]
    public void Whether_the_head_is_the_embedding_may_stand_outside(string ties, int matrices)
    {
        var model = ModelReader.FromConfig(
            $$$"""
            {"model_type": "qwen2_5_vl", "tie_word_embeddings": {{{ties}}},
             "text_config": {"model_type": "qwen2", "hidden_size": 2048, "intermediate_size": 11008, "num_hidden_layers": 36,
              "num_attention_heads": 16, "num_key_value_heads": 2, "vocab_size": 151936},
             "vision_config": {"hidden_size": 1280, "depth": 32, "intermediate_size": 3420, "patch_size": 14, "out_hidden_size": 2048}}
            """);

        Assert.Equal(matrices * 151_936L * 2048, model.EmbeddingParameters);
        Assert.Equal(668_684_288, model.VisionParameters);
    }

    [Fact]
    public void The_inner_word_on_the_head_counts_more_than_the_outer()
    {
        var model = ModelReader.FromConfig(
            """
            {"model_type": "qwen2_5_vl", "tie_word_embeddings": false,
             "text_config": {"model_type": "qwen2", "hidden_size": 2048, "intermediate_size": 11008, "num_hidden_layers": 36,
              "num_attention_heads": 16, "num_key_value_heads": 2, "vocab_size": 151936, "tie_word_embeddings": true},
             "vision_config": {"hidden_size": 1280, "depth": 32, "intermediate_size": 3420, "patch_size": 14, "out_hidden_size": 2048}}
            """);

        // Qwen2.5-VL-3B-Instruct's published total.
        Assert.Equal(3_754_622_976, model.Parameters);
    }

    [Fact]
    public void The_language_model_may_stand_beside_the_vision_config()
    {
        // Qwen2-VL-2B-Instruct's published total; its files are flat.
        var model = ModelReader.FromConfig(
            """
            {"model_type": "qwen2_vl", "hidden_size": 1536, "intermediate_size": 8960, "num_hidden_layers": 28,
             "num_attention_heads": 12, "num_key_value_heads": 2, "vocab_size": 151936, "tie_word_embeddings": true,
             "vision_config": {"depth": 32, "embed_dim": 1280, "mlp_ratio": 4, "num_heads": 16, "in_chans": 3,
              "hidden_size": 1536, "patch_size": 14, "spatial_merge_size": 2, "temporal_patch_size": 2}}
            """);

        Assert.Equal(2_208_985_600, model.Parameters);
        Assert.Equal("qwen2_vl_text", model.ModelType);
        Assert.Equal(28, model.Layers!.Count);
    }

    [Fact]
    public void A_flat_configuration_takes_nothing_from_its_class()
    {
        var error = Assert.Throws<LlmMemory.Errors.LlmMemoryException>(
            () => ModelReader.FromConfig("""{"model_type": "llama", "vocab_size": 32064}"""));

        Assert.Equal(LlmMemory.Errors.ErrorIds.ConfigFieldMissing, error.ErrorId);
    }
}
