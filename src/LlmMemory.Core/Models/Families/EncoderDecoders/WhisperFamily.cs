using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.EncoderDecoders;

/// <summary>
/// Whisper: two convolutions turn a spectrogram into the encoder's first hidden states, keys have no bias, and the
/// encoder's sinusoidal positions are stored. Source: transformers, models/whisper/modeling_whisper.py.
/// </summary>
internal static class WhisperFamily
{
    private const int ConvolutionKernel = 3;

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "whisper")];

    private static LanguageModel Build(ModelConfig config)
    {
        var encoder = SequenceStack.Read(config, "encoder") with { KeyWithoutBias = true };
        var decoder = SequenceStack.Read(config, "decoder") with { KeyWithoutBias = true };
        var vocabularySize = config.Int("vocab_size");
        var context = config.Int("max_target_positions");
        var ties = config.Bool(true, "tie_word_embeddings");
        return new LanguageModel
        {
            HiddenSize = decoder.HiddenSize,
            VocabularySize = vocabularySize,
            ContextLength = context,
            TiesEmbeddings = ties,
            Sections =
            [
                new ModelSection
                {
                    Part = ModelPart.Encoder,
                    Prefix = "model.encoder.",
                    Blocks = EncoderBlocks(config, encoder.HiddenSize),
                    Layers = encoder.Layers(),
                },
                new ModelSection
                {
                    Part = ModelPart.Text,
                    Prefix = "model.decoder.",
                    Blocks =
                    [
                        new Weight(TensorRole.Embedding, "embed_tokens.weight", vocabularySize, decoder.HiddenSize),
                        new Weight(TensorRole.PositionEmbedding, "embed_positions.weight", context, decoder.HiddenSize),
                        new Norm("layer_norm", decoder.HiddenSize, NormKind.LayerNorm),
                    ],
                    Layers = decoder.Layers(),
                    OuterBlocks = ties ? [] : [new Linear(TensorRole.Head, "proj_out", decoder.HiddenSize, vocabularySize)],
                },
            ],
        };
    }

    private static IReadOnlyList<Block> EncoderBlocks(ModelConfig config, int hiddenSize)
    {
        var bins = config.Int("num_mel_bins");
        return
        [
            new Weight(TensorRole.PatchEmbedding, "conv1.weight", hiddenSize, bins, ConvolutionKernel),
            new Weight(TensorRole.PatchEmbedding, "conv1.bias", hiddenSize),
            new Weight(TensorRole.PatchEmbedding, "conv2.weight", hiddenSize, hiddenSize, ConvolutionKernel),
            new Weight(TensorRole.PatchEmbedding, "conv2.bias", hiddenSize),
            new Weight(TensorRole.PositionEmbedding, "embed_positions.weight", config.Int("max_source_positions"), hiddenSize),
            new Norm("layer_norm", hiddenSize, NormKind.LayerNorm),
        ];
    }
}
