using System;
using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Families.Encoders;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.EncoderDecoders;

/// <summary>
/// BART and the encoder-decoders that differ from it in their positions and in the normalisations around the layers.
/// Sources: transformers, models/{bart, mbart, m2m_100, pegasus, marian}/modeling_*.py. The final_logits_bias that
/// some files carry is a buffer of zeros, and is left out.
/// </summary>
internal static class BartFamilies
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        Family(new Style(Positions: 2, EmbeddingNorm: true, FinalNorm: false), "bart"),
        Family(new Style(Positions: 2, EmbeddingNorm: true, FinalNorm: true), "mbart"),
        Family(new Style(Positions: 0, EmbeddingNorm: false, FinalNorm: true), "pegasus"),
        Family(new Style(Positions: 0, EmbeddingNorm: false, FinalNorm: false), "marian"),
        Family(new Style(Positions: null, EmbeddingNorm: false, FinalNorm: true), "m2m_100"),
    ];

    private static ModelFamily Family(Style style, params string[] modelTypes)
    {
        return new ModelFamily(config => Build(config, style), modelTypes);
    }

    private static LanguageModel Build(ModelConfig config, Style style)
    {
        var encoder = SequenceStack.Read(config, "encoder");
        var decoder = SequenceStack.Read(config, "decoder");
        var prefix = ModelClass.Name(config).EndsWith("Model", StringComparison.Ordinal) ? string.Empty : "model.";
        var positions = config.Int("max_position_embeddings");
        var vocabularySize = config.Int("vocab_size");
        return new LanguageModel
        {
            HiddenSize = decoder.HiddenSize,
            VocabularySize = vocabularySize,
            ContextLength = positions,
            TiesEmbeddings = config.Bool(true, "tie_word_embeddings"),
            Sections =
            [
                Section(ModelPart.Encoder, prefix + "encoder.", encoder, style, positions, []),
                Section(ModelPart.Text, prefix + "decoder.", decoder, style, positions, Outer(config, prefix, vocabularySize, decoder.HiddenSize)),
            ],
        };
    }

    private static ModelSection Section(
        ModelPart part, string prefix, SequenceStack stack, Style style, int positions, IReadOnlyList<Block> outer)
    {
        var hiddenSize = stack.HiddenSize;
        List<Block> blocks = [];
        if (style.Positions is { } offset)
        {
            blocks.Add(new Weight(TensorRole.PositionEmbedding, "embed_positions.weight", positions + offset, hiddenSize));
        }

        if (style.EmbeddingNorm)
        {
            blocks.Add(new Norm("layernorm_embedding", hiddenSize, NormKind.LayerNorm));
        }

        if (style.FinalNorm)
        {
            blocks.Add(new Norm("layer_norm", hiddenSize, NormKind.LayerNorm));
        }

        return new ModelSection { Part = part, Prefix = prefix, Blocks = blocks, Layers = stack.Layers(), OuterBlocks = outer };
    }

    private static List<Block> Outer(ModelConfig config, string prefix, int vocabularySize, int hiddenSize)
    {
        List<Block> blocks = [];
        var decoderVocabulary = config.OptionalInt("decoder_vocab_size") ?? vocabularySize;
        if (config.Bool(true, "share_encoder_decoder_embeddings"))
        {
            blocks.Add(new Weight(TensorRole.Embedding, prefix + "shared.weight", vocabularySize, hiddenSize));
        }
        else
        {
            // Marian with a vocabulary for each language.
            blocks.Add(new Weight(TensorRole.Embedding, prefix + "encoder.embed_tokens.weight", vocabularySize, hiddenSize));
            blocks.Add(new Weight(TensorRole.Embedding, prefix + "decoder.embed_tokens.weight", decoderVocabulary, hiddenSize));
        }

        if (!config.Bool(true, "tie_word_embeddings"))
        {
            blocks.Add(new Linear(TensorRole.Head, "lm_head", hiddenSize, decoderVocabulary));
        }

        if (ModelClass.Task(config) == "ForSequenceClassification")
        {
            blocks.AddRange(EncoderHead.TwoLayerClassifier(
                hiddenSize, ModelClass.Labels(config), "classification_head.dense", "classification_head.out_proj"));
        }

        return blocks;
    }

    /// <summary>What tells one from another.</summary>
    /// <param name="Positions">
    /// Rows of the table of positions before the first position; null where positions are computed and not stored.
    /// Those of Pegasus and Marian are computed too, but stored.
    /// </param>
    /// <param name="EmbeddingNorm">True where the embedding is normalised.</param>
    /// <param name="FinalNorm">True where the output of the last layer is.</param>
    private sealed record Style(int? Positions, bool EmbeddingNorm, bool FinalNorm);
}
