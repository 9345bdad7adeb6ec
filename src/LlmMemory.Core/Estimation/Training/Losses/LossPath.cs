using System.Collections.Generic;

namespace LlmMemory.Estimation.Training.Losses;

/// <summary>The way from the last hidden states to the loss, as a framework's code goes it.</summary>
internal abstract record LossPath
{
    /// <summary>What is there at its fullest moment.</summary>
    public abstract IReadOnlyList<LossCopy> Copies(LossShape shape);
}
