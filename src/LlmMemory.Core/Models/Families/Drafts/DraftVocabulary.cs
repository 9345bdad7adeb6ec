using System;

namespace LlmMemory.Models.Families.Drafts;

/// <summary>What of the vocabulary a drafting module has of its own; the rest it takes from the language model.</summary>
[Flags]
internal enum DraftVocabulary
{
    /// <summary>Neither.</summary>
    None = 0,

    /// <summary>An embedding.</summary>
    Embedding = 1,

    /// <summary>A head.</summary>
    Head = 2,
}
