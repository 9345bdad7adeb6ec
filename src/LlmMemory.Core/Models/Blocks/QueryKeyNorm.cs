namespace LlmMemory.Models.Blocks;

/// <summary>How queries and keys are normalised before they meet.</summary>
public enum QueryKeyNorm
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>One set of weights, as wide as a head, that all heads share.</summary>
    SharedByHeads,

    /// <summary>Weights for every element of every head.</summary>
    PerHead,

    /// <summary>A normalisation of its own for each head, a tensor each as wide as a head; a star in the name stands for the head.</summary>
    OnePerHead,
}
