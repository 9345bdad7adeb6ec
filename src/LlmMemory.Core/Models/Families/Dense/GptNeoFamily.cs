using System.Collections.Generic;
using System.Linq;
using LlmMemory.Json;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// GPT-Neo: GPT-2 with separate projections, and layers that see everything in turn with layers that see a window.
/// Source: transformers, models/gpt_neo (modeling_gpt_neo.py, configuration_gpt_neo.py).
/// </summary>
internal static class GptNeoFamily
{
    private const string Local = "local";
    private const string Global = "global";
    private const string Types = "attention_types";
    private const string Layers = "attention_layers";

    private static readonly DecoderStyle Style = new()
    {
        Frame = new()
        {
            Prefix = "transformer.", LayerPrefix = "h.", Embedding = "wte", FinalNorm = "ln_f", TiesByDefault = true,
        },
        Norms = new() { BeforeAttention = "ln_1", BeforeFeedForward = "ln_2", Kind = NormKind.LayerNorm },
        Attention = new() { Prefix = "attn.attention.", Output = "out_proj" },
        QkvBias = ConfigSwitch.Off,
        OutputBias = ConfigSwitch.On,
        Mlp = new() { Up = "c_fc", Down = "c_proj" },
        IsGated = false,
        MlpBias = ConfigSwitch.On,
        WidensFourfold = true,
    };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "gpt_neo")];

    private static LanguageModel Build(ModelConfig config)
    {
        var style = LearnedPositions.AddTo(Style, config);
        var dimensions = DecoderBuilder.Dimensions(style, config);
        return DecoderBuilder.Build(style, config, dimensions, Windows(config, dimensions.Layers));
    }

    private static List<int?> Windows(ModelConfig config, int layers)
    {
        var field = config.Has(Layers) ? Layers : Types;
        var kinds = config.TextList(Layers) ?? FromTypes(config, layers) ?? Alternating(layers);
        if (kinds.Count < layers || !kinds.All(kind => kind is Local or Global))
        {
            throw config.Invalid(field, $"should say {Global} or {Local} for each of the {layers} layers");
        }

        var window = config.OptionalInt("window_size") ?? 256;
        return [.. kinds.Take(layers).Select(kind => kind == Local ? (int?)window : null)];
    }

    /// <summary>Kinds and how often they are repeated: <c>[[["global", "local"], 12]]</c>.</summary>
    private static List<string>? FromTypes(ModelConfig config, int layers)
    {
        return config.List(Types)?.SelectMany(pair => Repeated(config, pair, layers)).Take(layers).ToList();
    }

    private static IEnumerable<string> Repeated(ModelConfig config, JsonNode pair, int layers)
    {
        if (pair.Items.Count != 2 || pair.Items[1].AsInt64() is not (> 0 and { } times))
        {
            throw config.Invalid(pair, "a list of kinds and how often it is repeated");
        }

        var kinds = pair.Items[0].Items.Select(kind => kind.AsText() ?? string.Empty).ToList();
        return Enumerable.Repeat(kinds, times < layers ? (int)times : layers).SelectMany(kind => kind);
    }

    private static List<string> Alternating(int layers)
    {
        return [.. Enumerable.Range(0, layers).Select(index => index % 2 == 0 ? Global : Local)];
    }
}
