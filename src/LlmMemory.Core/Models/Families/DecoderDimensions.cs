using System.Collections.Generic;
using System.Linq;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families;

/// <summary>The dimensions that every decoder has, under whatever name its configuration gives them.</summary>
internal sealed record DecoderDimensions
{
    // No model comes near it, and a hostile count must not fill the memory with layers.
    internal const int MaxLayers = 1024;

    /// <summary>What configurations call the query heads.</summary>
    internal static readonly string[] HeadsFields =
        ["num_attention_heads", "n_head", "n_heads", "num_heads", "attention_heads"];

    /// <summary>What configurations call the width of a head.</summary>
    internal static readonly string[] HeadSizeFields = ["head_dim", "kv_channels", "attention_head_dim"];

    /// <summary>What configurations call the width inside a feed-forward network.</summary>
    internal static readonly string[] IntermediateSizeFields =
        ["intermediate_size", "n_inner", "ffn_dim", "ffn_hidden_size", "ff_intermediate_size"];

    private DecoderDimensions(ModelConfig config, int? layers, bool isEachLayerItsOwn)
    {
        HiddenSize = config.Int("hidden_size", "n_embd", "d_model", "n_embed");
        VocabularySize = config.Int("vocab_size", "padded_vocab_size");
        Layers = layers ?? config.Int("num_hidden_layers", "n_layer", "num_layers", "n_layers");
        if (Layers > MaxLayers)
        {
            throw config.Invalid("num_hidden_layers", $"asks for {Layers} layers; no model has more than {MaxLayers}");
        }

        Heads = config.OptionalInt(HeadsFields) ?? 0;
        KeyValueHeads = config.OptionalInt("num_key_value_heads", "num_kv_heads", "n_head_kv", "kv_n_heads", "multi_query_group_num") ?? Heads;
        HeadSize = config.OptionalInt(HeadSizeFields) ?? (Heads == 0 ? 0 : HiddenSize / Heads);
        var isList = isEachLayerItsOwn && config.IsList(IntermediateSizeFields);
        IntermediateSizes = isList ? ReadIntermediateSizes(config) : null;
        IntermediateSize = IntermediateSizes?[0] ?? config.OptionalInt(IntermediateSizeFields) ?? 4 * HiddenSize;
        ContextLength = config.OptionalInt("max_position_embeddings", "n_positions", "max_seq_len", "seq_length", "n_ctx");
    }

    /// <summary>The width of the hidden states.</summary>
    public int HiddenSize { get; init; }

    /// <summary>The rows of the embedding.</summary>
    public int VocabularySize { get; init; }

    /// <summary>The decoder's layers.</summary>
    public int Layers { get; init; }

    /// <summary>Query heads, 0 for a model without attention.</summary>
    public int Heads { get; init; }

    /// <summary>Key heads; as many as query heads where the configuration does not say.</summary>
    public int KeyValueHeads { get; init; }

    /// <summary>The width of a head.</summary>
    public int HeadSize { get; init; }

    /// <summary>The width inside a dense feed-forward network; four times the hidden size where nothing is said.</summary>
    public int IntermediateSize { get; init; }

    /// <summary>The same for each layer, where the configuration has a list of them; else null.</summary>
    public IReadOnlyList<int>? IntermediateSizes { get; init; }

    /// <summary>The tokens that the model was made for, null where the configuration does not say.</summary>
    public int? ContextLength { get; init; }

    /// <summary>Reads the dimensions.</summary>
    /// <param name="config">The configuration of the language model.</param>
    /// <param name="layers">The decoder's layers, where the configuration says it in another way than by their number.</param>
    /// <exception cref="Errors.LlmMemoryException">A dimension is missing or no number.</exception>
    public static DecoderDimensions Read(ModelConfig config, int? layers = null)
    {
        return new DecoderDimensions(config, layers, isEachLayerItsOwn: false);
    }

    /// <summary>Reads the dimensions of a decoder whose layers may each be of a width of their own.</summary>
    /// <inheritdoc cref="Read"/>
    public static DecoderDimensions ReadWithWidths(ModelConfig config, int? layers = null)
    {
        return new DecoderDimensions(config, layers, isEachLayerItsOwn: true);
    }

    /// <summary>The width inside the feed-forward network of a layer.</summary>
    /// <param name="layer">The layer's number.</param>
    public int IntermediateSizeOf(int layer)
    {
        return IntermediateSizes?[layer] ?? IntermediateSize;
    }

    private List<int> ReadIntermediateSizes(ModelConfig config)
    {
        var sizes = config.IntList(IntermediateSizeFields)!;
        var name = IntermediateSizeFields[0];
        if (sizes.Count < Layers)
        {
            throw config.Invalid(name, $"names {sizes.Count} layers, and the model has {Layers}");
        }

        return sizes.All(size => size > 0) ? [.. sizes] : throw config.Invalid(name, "has a layer of width 0");
    }
}
