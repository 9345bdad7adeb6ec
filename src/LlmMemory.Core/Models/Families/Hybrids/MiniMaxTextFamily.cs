using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>
/// MiniMax-Text-01 and M1: lightning attention, attention in every eighth layer, and experts in all. Source:
/// transformers, models/minimax/modular_minimax.py.
/// </summary>
internal static class MiniMaxTextFamily
{
    private const string Attention = "full_attention";

    private const string Lightning = "linear_attention";

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "minimax", "minimax_text_01", "minimax_m1")];

    private static LanguageModel Build(ModelConfig config)
    {
        if (config.OptionalInt("shared_intermediate_size") is { } size)
        {
            throw config.Invalid("shared_intermediate_size", $"asks for shared experts {size} wide, and how such a MiniMax model is built is not known");
        }

        var dimensions = DecoderDimensions.Read(config);
        var attention = HybridAttention.Plain(dimensions);
        var lightning = new LightningAttention
        {
            HiddenSize = dimensions.HiddenSize,
            Heads = config.Int("num_attention_heads"),
            HeadSize = dimensions.HeadSize,
        };
        var experts = HybridExperts.MiniMax(config, dimensions);
        var kinds = Kinds(config, dimensions.Layers);
        return DecoderFrame.Llama.Around(config, dimensions, index =>
        [
            new Norm("input_layernorm", dimensions.HiddenSize),
            kinds[index] == Attention ? attention : lightning,
            new Norm("post_attention_layernorm", dimensions.HiddenSize),
            experts,
        ]);
    }

    /// <summary>The kinds by name, or as MiniMax's own code has them: 1 for attention, 0 for lightning attention.</summary>
    private static IReadOnlyList<string> Kinds(ModelConfig config, int layers)
    {
        if (LayerKinds.Read(config, layers, Attention, Lightning) is { } kinds)
        {
            return kinds;
        }

        var numbers = config.IntList("attn_type_list") ?? throw config.Missing("attn_type_list", "layer_types");
        return numbers.Count >= layers && numbers.All(number => number is 0 or 1)
            ? [.. numbers.Select(number => number == 1 ? Attention : Lightning)]
            : throw config.Invalid("attn_type_list", $"should have 0 or 1 for each of {layers} layers");
    }
}
