using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Encoders;

/// <summary>What stands on top of an encoder.</summary>
/// <param name="HasPooler">True where the pooler of the plain model is under it.</param>
/// <param name="Blocks">Its own blocks; their names are outside the encoder's prefix.</param>
internal sealed record EncoderHead(bool HasPooler, params IReadOnlyList<Block> Blocks)
{
    /// <summary>A classifier of one layer.</summary>
    public static Linear Classifier(int hiddenSize, int labels)
    {
        return new Linear(TensorRole.Pooler, "classifier", hiddenSize, labels, Bias: true);
    }

    /// <summary>Start and end of an answer.</summary>
    public static Linear Answer(int hiddenSize)
    {
        return new Linear(TensorRole.Pooler, "qa_outputs", hiddenSize, 2, Bias: true);
    }

    /// <summary>
    /// The head of a masked language model: a transformation, a normalisation, and a bias for each token. Its matrix
    /// is the embedding.
    /// </summary>
    public static IReadOnlyList<Block> MaskedLanguageModel(EncoderDimensions dimensions, string dense, string norm, string bias)
    {
        return
        [
            new Linear(TensorRole.Head, dense, dimensions.HiddenSize, dimensions.EmbeddingSize, Bias: true),
            new Norm(norm, dimensions.EmbeddingSize, NormKind.LayerNorm),
            new Weight(TensorRole.Head, bias, dimensions.VocabularySize),
        ];
    }

    /// <summary>A classifier of two layers.</summary>
    public static IReadOnlyList<Block> TwoLayerClassifier(int hiddenSize, int labels, string first, string second)
    {
        return
        [
            new Linear(TensorRole.Pooler, first, hiddenSize, hiddenSize, Bias: true),
            new Linear(TensorRole.Pooler, second, hiddenSize, labels, Bias: true),
        ];
    }
}
