using System.Linq;
using System.Text.Json.Nodes;
using LlmMemory.Models;
using LlmMemory.Models.Reading;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Small decoders for tests: hidden size 64, 4 heads, a few layers, and what a test adds.</summary>
internal static class DecoderConfigs
{
    /// <summary>The model of a small configuration.</summary>
    /// <param name="modelType">The family.</param>
    /// <param name="fields">Further fields as JSON without braces; they win over those that all have.</param>
    public static LlmModel Read(string modelType, string fields = "")
    {
        return ModelReader.FromConfig(Json(modelType, fields));
    }

    /// <summary>A small configuration.</summary>
    public static string Json(string modelType, string fields = "")
    {
        var config = new JsonObject
        {
            ["model_type"] = modelType,
            ["hidden_size"] = 64,
            ["num_hidden_layers"] = 6,
            ["num_attention_heads"] = 4,
            ["intermediate_size"] = 96,
            ["vocab_size"] = 100,
            ["max_position_embeddings"] = 32,
        };
        foreach (var (name, value) in JsonNode.Parse($"{{{fields}}}")!.AsObject().ToList())
        {
            config[name] = value?.DeepClone();
        }

        return config.ToJsonString();
    }

    /// <summary>What tokens see each other in, a letter a layer: F all, S a window, C another sequence, - none.</summary>
    public static string Kinds(LlmModel model)
    {
        return string.Concat(model.Layers!.Select(layer => layer.Mixers.FirstOrDefault()?.Kind[0] ?? '-'));
    }
}
