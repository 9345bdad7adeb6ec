using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.EncoderDecoders;

/// <summary>
/// The layers of T5's encoder and decoder: RMSNorms, no biases, heads whose width does not follow from the hidden
/// size, and a table of relative positions, a bias for each head, in the first layer or in all.
/// </summary>
internal sealed record T5Stack
{
    private T5Stack(ModelConfig config, bool biasInEveryLayer)
    {
        HiddenSize = config.Int("d_model");
        Heads = config.Int("num_heads");
        HeadSize = config.Int("d_kv");
        IntermediateSize = config.Int("d_ff");
        EncoderLayers = LayerCount.Read(config, "num_layers");
        DecoderLayers = LayerCount.Checked(config, "num_decoder_layers", config.OptionalInt("num_decoder_layers") ?? EncoderLayers);
        Buckets = config.OptionalInt("relative_attention_num_buckets") ?? 32;
        IsGated = config.OptionalText("feed_forward_proj")?.StartsWith("gated", StringComparison.Ordinal) ?? false;
        BiasInEveryLayer = biasInEveryLayer;
    }

    /// <summary>The width of the hidden states.</summary>
    public int HiddenSize { get; }

    private int Heads { get; }

    private int HeadSize { get; }

    private int IntermediateSize { get; }

    private int EncoderLayers { get; }

    private int DecoderLayers { get; }

    private int Buckets { get; }

    private bool IsGated { get; }

    private bool BiasInEveryLayer { get; }

    /// <summary>Reads the dimensions.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="biasInEveryLayer">True where every layer has a table of relative positions, as in UMT5.</param>
    public static T5Stack Read(ModelConfig config, bool biasInEveryLayer)
    {
        return new T5Stack(config, biasInEveryLayer);
    }

    /// <summary>The encoder.</summary>
    /// <param name="outer">What lies beside it.</param>
    public ModelSection Encoder(IReadOnlyList<Block> outer)
    {
        return Section(ModelPart.Encoder, "encoder.", EncoderLayers, hasCrossAttention: false, outer);
    }

    /// <summary>The decoder.</summary>
    /// <param name="outer">What lies beside it.</param>
    public ModelSection Decoder(IReadOnlyList<Block> outer)
    {
        return Section(ModelPart.Text, "decoder.", DecoderLayers, hasCrossAttention: true, outer);
    }

    private ModelSection Section(ModelPart part, string prefix, int layers, bool hasCrossAttention, IReadOnlyList<Block> outer)
    {
        return new ModelSection
        {
            Part = part,
            Prefix = prefix,
            LayerPrefix = "block.",
            Blocks = [new Norm("final_layer_norm", HiddenSize)],
            Layers = [.. Enumerable.Range(0, layers).Select(index => new ModelLayer(index, Layer(index, hasCrossAttention)))],
            OuterBlocks = outer,
        };
    }

    private List<Block> Layer(int index, bool hasCrossAttention)
    {
        List<Block> blocks = [new Norm("layer.0.layer_norm", HiddenSize), Attention("layer.0.SelfAttention.")];
        if (index == 0 || BiasInEveryLayer)
        {
            blocks.Add(new Weight(TensorRole.PositionEmbedding, "layer.0.SelfAttention.relative_attention_bias.weight", Buckets, Heads));
        }

        if (hasCrossAttention)
        {
            blocks.Add(new Norm("layer.1.layer_norm", HiddenSize));
            blocks.Add(new CrossAttention(Attention("layer.1.EncDecAttention.")));
        }

        var last = hasCrossAttention ? "layer.2." : "layer.1.";
        blocks.Add(new Norm(last + "layer_norm", HiddenSize));
        blocks.Add(new DenseMlp
        {
            HiddenSize = HiddenSize,
            IntermediateSize = IntermediateSize,
            IsGated = IsGated,
            Names = new() { Prefix = last + "DenseReluDense.", Gate = "wi_0", Up = IsGated ? "wi_1" : "wi", Down = "wo" },
        });
        return blocks;
    }

    private GroupedQueryAttention Attention(string prefix)
    {
        return new GroupedQueryAttention
        {
            HiddenSize = HiddenSize,
            Heads = Heads,
            KeyValueHeads = Heads,
            HeadSize = HeadSize,
            Names = new() { Prefix = prefix, Query = "q", Key = "k", Value = "v", Output = "o" },
        };
    }
}
