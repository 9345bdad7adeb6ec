using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmMemory.Core.Tests.Models.Towers;

/// <summary>
/// A published model's towers: the part of its configuration that describes them, and how many weights its published
/// total has for them (dimensions and totals as in the project's catalogue of models).
/// </summary>
internal sealed record TowerCase(string Model, int TextHiddenSize, long Vision, long Audio, JsonObject Config)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TowerCase> All { get; } =
        JsonSerializer.Deserialize<List<TowerCase>>(File.ReadAllText(ReferenceData.Carried("towers.json")), Options)!;

    /// <summary>The case of a model.</summary>
    public static TowerCase Of(string model)
    {
        return All.Single(tower => tower.Model == model);
    }

    /// <summary>The whole configuration, around a language model that is as small as can be but for its width.</summary>
    public JsonObject ToConfig()
    {
        var whole = (JsonObject)Config.DeepClone();
        var text = new JsonObject
        {
            ["model_type"] = "llama",
            ["hidden_size"] = TextHiddenSize,
            ["num_hidden_layers"] = 1,
            ["num_attention_heads"] = 1,
            ["intermediate_size"] = 1,
            ["vocab_size"] = 1,
        };
        whole[whole["model_type"]!.GetValue<string>() == "internvl_chat" ? "llm_config" : "text_config"] = text;
        return whole;
    }
}
