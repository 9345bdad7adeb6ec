using LlmMemory.Models.Families.Drafts;

namespace LlmMemory.Models.Families.Latent;

/// <summary>What sets the members of the DeepSeek family apart where their configurations do not say it.</summary>
internal sealed record DeepSeekTraits
{
    /// <summary>
    /// True where a bias on each expert's score keeps their load even, unless the configuration names another
    /// method (topk_method).
    /// </summary>
    public bool CorrectsScores { get; init; } = true;

    /// <summary>What of the vocabulary a drafting module has of its own.</summary>
    public DraftVocabulary Drafts { get; init; } = DraftVocabulary.Embedding | DraftVocabulary.Head;

    /// <summary>True where all experts of a layer lie in one tensor, gate and up together.</summary>
    public bool StacksExperts { get; init; }
}
