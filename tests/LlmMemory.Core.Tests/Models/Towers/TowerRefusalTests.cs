using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using LlmMemory.Errors;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models.Towers;

/// <summary>A part that cannot be counted is an error that says so, and never left out in silence.</summary>
public sealed class TowerRefusalTests
{
    private const string Text =
        """
        "text_config": {"model_type": "llama", "hidden_size": 64, "num_hidden_layers": 1, "num_attention_heads": 1,
         "intermediate_size": 64, "vocab_size": 10}
        """;

    [Theory]
    [InlineData("""{"model_type": "kimi_k3", "vision_config": {"vt_hidden_size": 1024}, @}""", "vision_config")]
    [InlineData("""{"model_type": "llama", "audio_config": {"model_type": "new_ear"}, @}""", "new_ear")]
    [InlineData("""{"model_type": "llava", "vision_config": {"model_type": "new_eye"}, @}""", "new_eye")]
    [InlineData("""{"model_type": "llava_llama", "mm_vision_tower": "openai/clip-vit-large-patch14", @}""", "mm_vision_tower")]
    [InlineData("""{"model_type": "gemma3n", "vision_config": {"architecture": "vit"}, "audio_config": {}, @}""", "vit")]
    [InlineData("""{"model_type": "kimi_k25", "vision_config": {"mm_projector_type": "patchmergerv2"}, @}""", "patchmergerv2")]
    [InlineData("""{"model_type": "qwen2_5_omni", "thinker_config": {@}, "talker_config": {}}""", "talker_config")]
    public void A_part_that_is_not_known_is_an_error_with_a_way_on(string config, string named)
    {
        var json = config.Replace("@", Text, StringComparison.Ordinal);

        var error = Assert.Throws<LlmMemoryException>(() => ModelReader.FromConfig(json));
        var text = ModelReader.FromConfig(json, new ModelReadingOptions { TextOnly = true });

        Assert.Equal(ErrorIds.ModelPartUnknown, error.ErrorId);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("-TextOnly", error.Message, StringComparison.Ordinal);
        Assert.Equal(text.TextParameters, text.Parameters);
    }

    [Theory]
    [InlineData("llama4", "vision_config")]
    [InlineData("qwen3_vl", "vision_config")]
    [InlineData("mistral3", "vision_config")]
    [InlineData("gemma4", "vision_config")]
    [InlineData("qwen2_audio", "audio_config")]
    public void A_part_that_is_not_described_is_an_error_that_names_the_field(string modelType, string field)
    {
        var json = $$"""{"model_type": "{{modelType}}", {{Text}}}""";

        var error = Assert.Throws<LlmMemoryException>(() => ModelReader.FromConfig(json));

        Assert.Equal(ErrorIds.ConfigFieldMissing, error.ErrorId);
        Assert.Equal(field, error.Value);
        Assert.NotEqual(0, ModelReader.FromConfig(json, new ModelReadingOptions { TextOnly = true }).Parameters);
    }

    [Fact]
    public void A_part_that_is_said_not_to_be_there_is_not_counted()
    {
        // Gemma4Config: 'vision_config is None. Gemma4Model.vision_tower will not be initialized.'
        var model = ModelReader.FromConfig(
            $$"""{"model_type": "gemma4", "vision_config": null, "audio_config": null, {{Text}}}""");

        Assert.Equal(model.TextParameters, model.Parameters);
    }

    [Theory]
    [MemberData(nameof(TowerCountTests.Models), MemberType = typeof(TowerCountTests))]
    public void A_field_of_any_value_is_read_or_refused(string name)
    {
        var tower = TowerCase.Of(name);
        foreach (var (place, field) in Fields(tower))
        {
            foreach (var value in HostileValues)
            {
                var config = tower.ToConfig();
                (place is null ? config : config[place]!.AsObject())[field] = JsonNode.Parse(value);
                AssertReadOrRefused(config.ToJsonString());
            }
        }
    }

    private static readonly string[] HostileValues =
        ["-1", "0", "1", "7", "1073741824", "1e300", "0.3", "null", "true", "\"x\"", "[]", "[0, 0]", "[1073741824, 1073741824]", "{}", "[[]]"];

    private static IEnumerable<(string? Place, string Field)> Fields(TowerCase tower)
    {
        string[] parts = ["vision_config", "audio_config", "img_processor", "embd_layer"];
        var outer = tower.Config.Select(pair => ((string?)null, pair.Key));
        return outer.Concat(parts
            .Where(part => tower.Config[part] is JsonObject)
            .SelectMany(part => tower.Config[part]!.AsObject().Select(pair => ((string?)part, pair.Key))));
    }

    private static void AssertReadOrRefused(string json)
    {
        try
        {
            var model = ModelReader.FromConfig(json);
            Assert.All(model.Tensors, tensor => Assert.True(tensor.Parameters >= 0, tensor.Name));
        }
        catch (LlmMemoryException error)
        {
            Assert.NotEmpty(error.ErrorId);
        }
    }
}
