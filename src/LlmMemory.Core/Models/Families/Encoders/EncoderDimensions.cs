using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Encoders;

/// <summary>The dimensions that every encoder of BERT's kind has, under whatever name its configuration gives them.</summary>
internal sealed record EncoderDimensions
{
    private EncoderDimensions(ModelConfig config)
    {
        HiddenSize = config.Int("hidden_size", "dim", "n_embd", "d_model");
        EmbeddingSize = config.OptionalInt("embedding_size") ?? HiddenSize;
        VocabularySize = config.Int("vocab_size");
        Layers = LayerCount.Read(config, "num_hidden_layers", "n_layers", "n_layer");
        Heads = config.Int("num_attention_heads", "n_heads", "n_head");
        IntermediateSize = config.OptionalInt("intermediate_size", "hidden_dim", "n_inner") ?? 4 * HiddenSize;
        Positions = config.OptionalInt("max_position_embeddings", "n_positions", "max_trained_positions");
        if (HiddenSize % Heads != 0)
        {
            throw config.Invalid("num_attention_heads", $"is {Heads}, which does not divide the hidden size of {HiddenSize}");
        }
    }

    /// <summary>The width of the hidden states.</summary>
    public int HiddenSize { get; }

    /// <summary>The width of the embedding, where it is not the hidden size.</summary>
    public int EmbeddingSize { get; }

    /// <summary>The rows of the embedding.</summary>
    public int VocabularySize { get; }

    /// <summary>The layers.</summary>
    public int Layers { get; }

    /// <summary>The attention heads.</summary>
    public int Heads { get; }

    /// <summary>The width of a head.</summary>
    public int HeadSize => HiddenSize / Heads;

    /// <summary>The width inside the feed-forward network; four times the hidden size where nothing is said.</summary>
    public int IntermediateSize { get; }

    /// <summary>The positions, null where the configuration does not say.</summary>
    public int? Positions { get; }

    /// <summary>Reads the dimensions.</summary>
    /// <param name="config">The configuration.</param>
    /// <exception cref="Errors.LlmMemoryException">A dimension is missing, no number, or contradicts another.</exception>
    public static EncoderDimensions Read(ModelConfig config)
    {
        return new EncoderDimensions(config);
    }
}
