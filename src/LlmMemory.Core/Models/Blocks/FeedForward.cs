namespace LlmMemory.Models.Blocks;

/// <summary>A block that works on each token by itself: a feed-forward network, or a mixture of experts.</summary>
public abstract record FeedForward : Block
{
    /// <summary>What kind it is, in a word: Dense, Experts.</summary>
    public abstract string Kind { get; }
}
