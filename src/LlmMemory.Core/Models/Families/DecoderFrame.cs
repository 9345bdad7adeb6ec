using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families;

/// <summary>
/// What lies around the layers of a decoder: embedding, last normalisation, head. Families differ in names, in the
/// kind of normalisation, and in whether the head is the embedding when the configuration does not say.
/// </summary>
internal sealed record DecoderFrame
{
    /// <summary>The frame of Llama, and of most models since.</summary>
    public static DecoderFrame Llama { get; } = new();

    /// <summary>What the names of all tensors but the head's start with.</summary>
    public string Prefix { get; init; } = "model.";

    /// <summary>What the names of the layers start with.</summary>
    public string LayerPrefix { get; init; } = "layers.";

    /// <summary>The embedding.</summary>
    public string Embedding { get; init; } = "embed_tokens";

    /// <summary>The width of an embedding that a projection leads from to the hidden size; null without one.</summary>
    public int? EmbeddingSize { get; init; }

    /// <summary>Rows of the embedding that the head does not have: special tokens that nobody predicts.</summary>
    public int ExtraEmbeddingRows { get; init; }

    /// <summary>The normalisation after the last layer; null where there is none.</summary>
    public string? FinalNorm { get; init; } = "norm";

    /// <summary>Which weights that normalisation has.</summary>
    public NormKind NormKind { get; init; }

    /// <summary>The head.</summary>
    public string Head { get; init; } = "lm_head";

    /// <summary>True where the head adds a bias.</summary>
    public bool HeadBias { get; init; }

    /// <summary>True where the head is the embedding unless the configuration says otherwise.</summary>
    public bool TiesByDefault { get; init; }

    /// <summary>What else lies outside the layers: learned positions, a normalisation of the embedding.</summary>
    public IReadOnlyList<Block> ExtraBlocks { get; init; } = [];

    /// <summary>Puts the frame around layers.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="dimensions">The dimensions read from it.</param>
    /// <param name="layer">Makes the blocks of a layer from its number.</param>
    public LanguageModel Around(ModelConfig config, DecoderDimensions dimensions, Func<int, IReadOnlyList<Block>> layer)
    {
        var ties = config.Bool(TiesByDefault, "tie_word_embeddings");
        var hiddenSize = dimensions.HiddenSize;
        List<Block> blocks = [new Weight(TensorRole.Embedding, Embedding + ".weight", EmbeddingShape(dimensions))];
        blocks.AddRange(ExtraBlocks);
        if (FinalNorm is not null)
        {
            blocks.Add(new Norm(FinalNorm, hiddenSize, NormKind));
        }

        var decoder = new ModelSection
        {
            Part = ModelPart.Text,
            Prefix = Prefix,
            LayerPrefix = LayerPrefix,
            Blocks = blocks,
            Layers = [.. Enumerable.Range(0, dimensions.Layers).Select(index => new ModelLayer(index, layer(index)))],
            OuterBlocks = OuterBlocks(ties, dimensions),
        };
        return new LanguageModel
        {
            HiddenSize = hiddenSize,
            VocabularySize = dimensions.VocabularySize,
            ContextLength = dimensions.ContextLength,
            TiesEmbeddings = ties,
            Sections = [decoder],
        };
    }

    private long[] EmbeddingShape(DecoderDimensions dimensions)
    {
        return [dimensions.VocabularySize + ExtraEmbeddingRows, EmbeddingSize ?? dimensions.HiddenSize];
    }

    private IReadOnlyList<Block> OuterBlocks(bool ties, DecoderDimensions dimensions)
    {
        if (!ties)
        {
            var width = EmbeddingSize ?? dimensions.HiddenSize;
            return [new Linear(TensorRole.Head, Head, width, dimensions.VocabularySize, HeadBias)];
        }

        return HeadBias ? [new Weight(TensorRole.Head, Head + ".bias", dimensions.VocabularySize)] : [];
    }
}
