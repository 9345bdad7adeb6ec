using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// Llama after a search by NVIDIA or Deci: in each layer attention and the feed-forward network may be narrower, one
/// linear layer, or gone. Source: nvidia/Llama-3_3-Nemotron-Super-49B-v1, modeling_decilm.py and block_config.py.
/// </summary>
internal static class NemotronNasFamily
{
    private const int WidthMultiple = 256;

    private static readonly DecoderStyle Style = DecoderStyle.Llama with { WidensFourfold = true };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "nemotron-nas", "deci")];

    private static LanguageModel Build(ModelConfig config)
    {
        var blocks = config.NestedList("block_configs");
        if (blocks is null)
        {
            return BuildDeci(config);
        }

        var layers = LayerCount.Checked(config, "block_configs", config.OptionalInt("num_hidden_layers") ?? blocks.Count);
        if (layers != blocks.Count)
        {
            throw config.Invalid("block_configs", $"describes {blocks.Count} layers, and the model has {layers}");
        }

        var dimensions = DecoderBuilder.Dimensions(Style, config, layers);
        return Style.Frame.Around(config, dimensions, index =>
            [.. Attention(config, blocks[index], dimensions), .. FeedForward(config, blocks[index], dimensions)]);
    }

    /// <summary>DeciLM 7B names the key heads of each layer, and nothing else differs.</summary>
    private static LanguageModel BuildDeci(ModelConfig config)
    {
        const string Field = "num_key_value_heads_per_layer";
        var heads = config.IntList(Field) ?? throw config.Missing("block_configs", Field);
        var dimensions = DecoderBuilder.Dimensions(DecoderStyle.Llama, config);
        if (heads.Count != dimensions.Layers || heads.Contains(0))
        {
            throw config.Invalid(Field, $"should name 1 or more heads for each of the model's {dimensions.Layers} layers");
        }

        var attention = DecoderBuilder.Attention(Style, config, dimensions);
        var mlp = DecoderBuilder.Mlp(Style, config, dimensions);
        return Style.Frame.Around(config, dimensions, index =>
            DecoderBuilder.Layer(Style, dimensions, attention with { KeyValueHeads = heads[index] }, mlp));
    }

    private static IEnumerable<Block> Attention(ModelConfig config, ModelConfig block, DecoderDimensions dimensions)
    {
        var attention = block.Nested("attention") ?? throw block.Missing("attention");
        if (attention.Bool(false, "no_op"))
        {
            yield break;
        }

        yield return new Norm("input_layernorm", dimensions.HiddenSize);
        var full = DecoderBuilder.Attention(Style, config, dimensions);
        yield return attention.Bool(false, "replace_with_linear")
            ? Replacement("self_attn.linear_attn", dimensions.HiddenSize, full.QkvBias)
            : full with
            {
                KeyValueHeads = attention.OptionalInt("num_key_value_heads") ?? KeyValueHeads(attention, dimensions.Heads),
                Window = attention.OptionalInt("window_length"),
            };
    }

    private static IEnumerable<Block> FeedForward(ModelConfig config, ModelConfig block, DecoderDimensions dimensions)
    {
        var feedForward = block.Nested("ffn") ?? throw block.Missing("ffn");
        if (feedForward.Bool(false, "no_op"))
        {
            yield break;
        }

        yield return new Norm("post_attention_layernorm", dimensions.HiddenSize);
        var full = DecoderBuilder.Mlp(Style, config, dimensions);
        yield return feedForward.Bool(false, "replace_with_linear")
            ? Replacement("mlp.linear_mlp", dimensions.HiddenSize, full.Bias)
            : full with
            {
                IntermediateSize = feedForward.OptionalInt("intermediate_size") ?? Width(feedForward, dimensions),
            };
    }

    private static int KeyValueHeads(ModelConfig attention, int heads)
    {
        const string Field = "n_heads_in_group";
        var group = attention.Int(Field);
        return heads % group == 0
            ? heads / group
            : throw attention.Invalid(Field, $"is {group}, and {heads} heads make no groups of that");
    }

    private static Linear Replacement(string name, int hiddenSize, bool bias)
    {
        return new Linear(TensorRole.Projection, name, hiddenSize, hiddenSize, bias);
    }

    /// <summary>Two thirds of the multiple of the hidden size, rounded up to a multiple of 256.</summary>
    private static int Width(ModelConfig feedForward, DecoderDimensions dimensions)
    {
        const string Field = "ffn_mult";
        var multiple = feedForward.Number(Field) ?? throw feedForward.Missing(Field);
        var width = Math.Floor(2 * multiple * dimensions.HiddenSize / 3);
        return width is >= 1 and <= int.MaxValue - WidthMultiple
            ? ((int)width + WidthMultiple - 1) / WidthMultiple * WidthMultiple
            : throw feedForward.Invalid(Field, "makes no width that a network can have");
    }
}
