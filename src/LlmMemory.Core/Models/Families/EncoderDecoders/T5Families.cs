using System;
using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Families.Encoders;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.EncoderDecoders;

/// <summary>
/// T5 and its multilingual relatives, whole or as an encoder alone. Sources: transformers,
/// models/{t5, mt5, umt5}/modeling_*.py.
/// </summary>
internal static class T5Families
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new(config => Build(config, tiesByDefault: true, biasInEveryLayer: false), "t5"),
        new(config => Build(config, tiesByDefault: false, biasInEveryLayer: false), "mt5"),
        new(config => Build(config, tiesByDefault: true, biasInEveryLayer: true), "umt5"),
    ];

    private static LanguageModel Build(ModelConfig config, bool tiesByDefault, bool biasInEveryLayer)
    {
        var stack = T5Stack.Read(config, biasInEveryLayer);
        var vocabularySize = config.Int("vocab_size");
        var ties = config.Bool(tiesByDefault, "tie_word_embeddings");
        var embedding = new Weight(TensorRole.Embedding, "shared.weight", vocabularySize, stack.HiddenSize);
        return new LanguageModel
        {
            HiddenSize = stack.HiddenSize,
            VocabularySize = vocabularySize,
            ContextLength = config.OptionalInt("n_positions", "max_position_embeddings"),
            TiesEmbeddings = ties,
            Sections = IsEncoderOnly(config)
                ? [stack.Encoder([embedding])]
                : [stack.Encoder([]), stack.Decoder(ties ? [embedding] : [embedding, Head(stack, vocabularySize)])],
        };
    }

    private static Linear Head(T5Stack stack, int vocabularySize)
    {
        return new Linear(TensorRole.Head, "lm_head", stack.HiddenSize, vocabularySize);
    }

    /// <summary>True for the text encoders of image models: T5EncoderModel, UMT5EncoderModel.</summary>
    private static bool IsEncoderOnly(ModelConfig config)
    {
        return ModelClass.Name(config).EndsWith("EncoderModel", StringComparison.Ordinal) || config.Bool(false, "encoder_only");
    }
}
