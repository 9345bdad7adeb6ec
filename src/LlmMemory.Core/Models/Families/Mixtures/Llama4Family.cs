using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>
/// Llama 4: three layers that see the chunk which a token stands in, then one without rotary positions that sees
/// everything; experts in every layer or in every second one. Source: transformers,
/// models/llama4/{configuration_llama4, modeling_llama4}.py.
/// </summary>
internal static class Llama4Family
{
    private const string FeedForward = "feed_forward.";

    private const string NoRotary = "no_rope_layers";

    private static readonly MixtureStyle Style = new()
    {
        Dense = new() { Prefix = FeedForward },
        Storage = ExpertStorage.StackedByInput,
        // use_qk_norm normalises without weights.
        QueryKeyNorm = QueryKeyNorm.None,
        Experts = new()
        {
            Prefix = FeedForward,
            Router = "router",
            Experts = MixtureNames.StackedExperts,
            Shared = new() { Prefix = "shared_expert." },
        },
        Placement = Placement,
    };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "llama4_text")];

    private static LanguageModel Build(ModelConfig config)
    {
        var read = MixtureDecoder.Read(config, Style);
        return (read with
        {
            Windows = Chunks(config, read.Dimensions.Layers),
            Attention = read.Attention with { IsChunked = true },
            Dense = read.Dense with { IntermediateSize = config.Int("intermediate_size_mlp") },
            Experts = read.Experts with
            {
                ExpertIntermediateSize = read.Dimensions.IntermediateSize,
                SharedIntermediateSize = read.Dimensions.IntermediateSize,
            },
        }).Build();
    }

    private static Func<int, bool> Placement(ModelConfig config, int layers)
    {
        if (config.IntList("moe_layers") is { Count: > 0 } listed)
        {
            HashSet<int> chosen = [.. listed];
            return chosen.Contains;
        }

        var step = config.OptionalInt("interleave_moe_layer_step") ?? 1;
        return index => (index + 1) % step == 0;
    }

    /// <summary>The chunk of each layer; null for a layer without rotary positions, which sees everything.</summary>
    private static IReadOnlyList<int?> Chunks(ModelConfig config, int layers)
    {
        var chunk = config.OptionalInt("attention_chunk_size");
        if (config.TextList("layer_types") is { Count: > 0 } types)
        {
            return Checked(config, "layer_types", layers, [.. types.Select(type => type == "chunked_attention" ? chunk : null)]);
        }

        // The flag of a layer with rotary positions is 1, whatever the field's name says.
        if (config.IntList(NoRotary) is { Count: > 0 } flags)
        {
            return Checked(config, NoRotary, layers, [.. flags.Select(flag => flag != 0 ? chunk : null)]);
        }

        var interval = config.OptionalInt("no_rope_layer_interval") ?? 4;
        return [.. Enumerable.Range(1, layers).Select(number => number % interval != 0 ? chunk : null)];
    }

    private static IReadOnlyList<int?> Checked(ModelConfig config, string field, int layers, IReadOnlyList<int?> chunks)
    {
        return chunks.Count >= layers
            ? chunks
            : throw config.Invalid(field, $"has {chunks.Count} entries and the model {layers} layers");
    }
}
