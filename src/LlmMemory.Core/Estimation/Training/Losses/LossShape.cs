using System;

namespace LlmMemory.Estimation.Training.Losses;

/// <summary>What a loss is computed on.</summary>
/// <param name="Tokens">The tokens of a micro batch.</param>
/// <param name="MicroBatchSize">The samples that they belong to.</param>
/// <param name="VocabularySize">The logits of each token.</param>
/// <param name="HiddenSize">The width of the last hidden states.</param>
/// <param name="ElementBytes">Bytes of a logit as the head gives it.</param>
/// <param name="HeadGradientBytes">Bytes of the head's gradient; 0 where it is frozen.</param>
internal sealed record LossShape(
    long Tokens, long MicroBatchSize, long VocabularySize, long HiddenSize, int ElementBytes, long HeadGradientBytes)
{
    /// <summary>A copy of all logits.</summary>
    public LossCopy Logits(string name, int bytes, string source)
    {
        return new(
            name, checked(Tokens * VocabularySize * bytes), $"{Tokens} tokens x {VocabularySize} x {bytes} bytes", source);
    }

    /// <summary>A copy of the last hidden states.</summary>
    public LossCopy Hidden(string name, int bytes, string source)
    {
        return new(name, checked(Tokens * HiddenSize * bytes), $"{Tokens} tokens x {HiddenSize} x {bytes} bytes", source);
    }

    /// <summary>A copy of the logits of some tokens.</summary>
    public LossCopy Chunk(string name, long tokens, int bytes, string source)
    {
        var some = Math.Min(tokens, Tokens);
        return new(name, checked(some * VocabularySize * bytes), $"{some} tokens x {VocabularySize} x {bytes} bytes", source);
    }
}
