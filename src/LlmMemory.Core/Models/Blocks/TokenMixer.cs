namespace LlmMemory.Models.Blocks;

/// <summary>A block in which tokens see each other: attention of any kind, or a recurrence.</summary>
public abstract record TokenMixer : Block
{
    /// <summary>What kind it is, in a word: Full, SlidingWindow, Latent, Mamba2.</summary>
    public abstract string Kind { get; }
}
