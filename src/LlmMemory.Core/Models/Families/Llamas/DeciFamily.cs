using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Llamas;

/// <summary>
/// Nemotron Super and Ultra, found by neural architecture search: Llama whose every layer has its own number of key
/// heads and width, and some of whose parts are left out or a single linear layer. Source: the code beside
/// nvidia/Llama-3_3-Nemotron-Super-49B-v1 (modeling_decilm.py, block_config.py).
/// </summary>
internal static class DeciFamily
{
    private const string Blocks = "block_configs";

    // Widths are rounded up to a multiple of it.
    private const int WidthStep = 256;

    private static readonly LlamaRules Rules = new()
    {
        QkvBias = new(false, "attention_bias"),
        OutputBias = new(false, "attention_bias"),
        MlpBias = new(false, "mlp_bias"),
    };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "nemotron-nas", "deci")];

    private static LanguageModel Build(ModelConfig config)
    {
        var blocks = config.NestedList(Blocks) ?? throw config.Missing(Blocks);
        var decoder = new LlamaDecoder(config, Rules, ReadDimensions(config));
        return blocks.Count == decoder.Dimensions.Layers
            ? decoder.Frame(index => Layer(decoder, blocks[index]))
            : throw config.Invalid(Blocks, $"describes {blocks.Count} layers of {decoder.Dimensions.Layers}");
    }

    private static DecoderDimensions ReadDimensions(ModelConfig config)
    {
        _ = config.Int("num_attention_heads");
        return DecoderDimensions.Read(config);
    }

    private static IReadOnlyList<Block> Layer(LlamaDecoder decoder, ModelConfig block)
    {
        var attention = block.Nested("attention") ?? throw block.Missing("attention");
        var network = block.Nested("ffn") ?? throw block.Missing("ffn");
        return decoder.Layer(Mixer(decoder, attention), Network(decoder, network));
    }

    private static Block? Mixer(LlamaDecoder decoder, ModelConfig attention)
    {
        if (attention.Bool(false, "no_op"))
        {
            return null;
        }

        return attention.Bool(false, "replace_with_linear")
            ? Square(decoder, TensorRole.AttentionOutput, "self_attn.linear_attn")
            : Attention(decoder, attention);
    }

    private static GroupedQueryAttention Attention(LlamaDecoder decoder, ModelConfig attention)
    {
        return decoder.Attention with
        {
            KeyValueHeads = decoder.Dimensions.Heads / attention.Int("n_heads_in_group"),
            Window = attention.OptionalInt("window_length"),
        };
    }

    private static Block? Network(LlamaDecoder decoder, ModelConfig network)
    {
        if (network.Bool(false, "no_op"))
        {
            return null;
        }

        return network.Bool(false, "replace_with_linear")
            ? Square(decoder, TensorRole.MlpDown, "mlp.linear_mlp")
            : Mlp(decoder, network);
    }

    private static DenseMlp Mlp(LlamaDecoder decoder, ModelConfig network)
    {
        return decoder.Mlp with { IntermediateSize = Width(network, decoder.Dimensions.HiddenSize) };
    }

    private static Linear Square(LlamaDecoder decoder, TensorRole role, string name)
    {
        return new Linear(role, name, decoder.Dimensions.HiddenSize, decoder.Dimensions.HiddenSize);
    }

    /// <summary>Two thirds of so many hidden sizes, since a gate makes three matrices of two.</summary>
    private static int Width(ModelConfig network, int hiddenSize)
    {
        const string Field = "ffn_mult";
        var multiplier = network.Number(Field) ?? throw network.Missing(Field);
        var width = 2 * multiplier * hiddenSize / 3;
        if (!(width >= 1 && width <= ModelConfig.MaxDimension))
        {
            throw network.Invalid(Field, $"makes a feed-forward network {width:0} wide");
        }

        var whole = (int)width;
        return whole + ((WidthStep - (whole % WidthStep)) % WidthStep);
    }
}
