namespace LlmMemory.Workloads;

/// <summary>How a model, or an adapter, is trained. What is null was not said, and the default is taken.</summary>
public sealed record TrainingWorkload
{
    /// <summary>The optimizer; <see cref="Optimizer.Default"/> (AdamW) when null.</summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>The margin as a fraction, 0 to 1; <see cref="SafetyMargin.Default"/> (20 %) when null.</summary>
    public decimal? SafetyMargin { get; init; }

    /// <summary>The multiplier, from 1 up; <see cref="TrainingMultiplier.Default"/> (4) when null.</summary>
    public decimal? TrainingMultiplier { get; init; }
}
