using System.Collections.Generic;

namespace LlmMemory.Models.Families;

/// <summary>What a family makes of a configuration: the language model without towers.</summary>
internal sealed record LanguageModel
{
    /// <summary>The width of the hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The rows of the embedding.</summary>
    public required long VocabularySize { get; init; }

    /// <summary>The tokens that the model was made for, null where the configuration does not say.</summary>
    public long? ContextLength { get; init; }

    /// <summary>True where the head is the embedding.</summary>
    public bool TiesEmbeddings { get; init; }

    /// <summary>The decoder, and before it an encoder, after it MTP modules, where the model has them.</summary>
    public required IReadOnlyList<ModelSection> Sections { get; init; }
}
