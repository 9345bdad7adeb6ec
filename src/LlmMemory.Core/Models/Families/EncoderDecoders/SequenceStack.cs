using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.EncoderDecoders;

/// <summary>
/// The layers of BART's encoder or decoder, which Whisper and the translation models share: LayerNorms, biases
/// everywhere, and in a decoder cross-attention between self-attention and the feed-forward network.
/// </summary>
internal sealed record SequenceStack
{
    private static readonly MlpNames Mlp = new() { Prefix = string.Empty, Up = "fc1", Down = "fc2" };

    private static readonly AttentionNames SelfAttention = AttentionNames.Llama with { Output = "out_proj" };

    /// <summary>The width of the hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The attention heads.</summary>
    public required int Heads { get; init; }

    /// <summary>The width inside the feed-forward network.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>How many layers there are.</summary>
    public required int Count { get; init; }

    /// <summary>True for a decoder.</summary>
    public bool HasCrossAttention { get; init; }

    /// <summary>True where keys have no bias, as in Whisper.</summary>
    public bool KeyWithoutBias { get; init; }

    /// <summary>Reads the dimensions of one side.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="side"><c>encoder</c> or <c>decoder</c>.</param>
    public static SequenceStack Read(ModelConfig config, string side)
    {
        var hiddenSize = config.Int("d_model");
        var heads = config.Int(side + "_attention_heads", "num_attention_heads");
        return new SequenceStack
        {
            HiddenSize = hiddenSize,
            Heads = hiddenSize % heads == 0
                ? heads
                : throw config.Invalid(side + "_attention_heads", $"is {heads}, which does not divide the d_model of {hiddenSize}"),
            IntermediateSize = config.Int(side + "_ffn_dim"),
            Count = LayerCount.Read(config, side + "_layers"),
            HasCrossAttention = side == "decoder",
        };
    }

    /// <summary>The layers.</summary>
    public IReadOnlyList<ModelLayer> Layers()
    {
        var blocks = Blocks();
        return [.. Enumerable.Range(0, Count).Select(index => new ModelLayer(index, blocks))];
    }

    private List<Block> Blocks()
    {
        var attention = new GroupedQueryAttention
        {
            HiddenSize = HiddenSize,
            Heads = Heads,
            KeyValueHeads = Heads,
            HeadSize = HiddenSize / Heads,
            QkvBias = true,
            KeyWithoutBias = KeyWithoutBias,
            OutputBias = true,
            Names = SelfAttention,
        };
        List<Block> blocks = [attention, new Norm("self_attn_layer_norm", HiddenSize, NormKind.LayerNorm)];
        if (HasCrossAttention)
        {
            blocks.Add(new CrossAttention(attention with { Names = SelfAttention with { Prefix = "encoder_attn." } }));
            blocks.Add(new Norm("encoder_attn_layer_norm", HiddenSize, NormKind.LayerNorm));
        }

        blocks.Add(new DenseMlp { HiddenSize = HiddenSize, IntermediateSize = IntermediateSize, IsGated = false, Bias = true, Names = Mlp });
        blocks.Add(new Norm("final_layer_norm", HiddenSize, NormKind.LayerNorm));
        return blocks;
    }
}
