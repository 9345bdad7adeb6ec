using System;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Encoders;

/// <summary>
/// What tells one encoder of BERT's kind from another: the names of its tensors, the tables of its embedding, and
/// what its classes put on top. All normalise after each block and have two LayerNorms a layer.
/// </summary>
internal sealed record EncoderStyle
{
    /// <summary>BERT's own.</summary>
    public static EncoderStyle Bert { get; } = new();

    /// <summary>What the names of the encoder's tensors start with where a head is on top: <c>bert.</c></summary>
    public string Prefix { get; init; } = "bert.";

    /// <summary>What the names of the layers start with.</summary>
    public string LayerPrefix { get; init; } = "encoder.layer.";

    /// <summary>True where there is a table of learned positions.</summary>
    public bool HasPositions { get; init; } = true;

    /// <summary>Rows of the table of positions that stand before the first position.</summary>
    public int PositionOffset { get; init; }

    /// <summary>The token types where the configuration does not say how many; 0 for none.</summary>
    public int TokenTypes { get; init; } = 2;

    /// <summary>The normalisation of the embedding.</summary>
    public string EmbeddingNorm { get; init; } = "embeddings.LayerNorm";

    /// <summary>The projection from a narrower embedding to the hidden size.</summary>
    public string EmbeddingProjection { get; init; } = "embeddings_project";

    /// <summary>The attention's names.</summary>
    public AttentionNames Attention { get; init; } = new()
    {
        Prefix = "attention.", Query = "self.query", Key = "self.key", Value = "self.value", Output = "output.dense",
    };

    /// <summary>True where the attention's projections have a bias.</summary>
    public bool AttentionBias { get; init; } = true;

    /// <summary>The normalisation after attention.</summary>
    public string AttentionNorm { get; init; } = "attention.output.LayerNorm";

    /// <summary>The feed-forward network's names.</summary>
    public MlpNames Mlp { get; init; } = new() { Prefix = string.Empty, Up = "intermediate.dense", Down = "output.dense" };

    /// <summary>True where the feed-forward network is gated.</summary>
    public bool IsGated { get; init; }

    /// <summary>True where the projections into the feed-forward network have a bias.</summary>
    public bool MlpBias { get; init; } = true;

    /// <summary>True where the projection out of it has one.</summary>
    public bool MlpDownBias { get; init; } = true;

    /// <summary>The normalisation after the feed-forward network.</summary>
    public string OutputNorm { get; init; } = "output.LayerNorm";

    /// <summary>The pooler's layer.</summary>
    public string Pooler { get; init; } = "pooler.dense";

    /// <summary>What is on top for a task, the dimensions, and a number of labels.</summary>
    public Func<string, EncoderDimensions, int, EncoderHead> Head { get; init; } = EncoderHeads.Bert;
}
