namespace LlmMemory.Estimation;

/// <summary>The values of <see cref="MemoryEstimate.Validation"/>.</summary>
public static class EstimateValidation
{
    /// <summary>No measured error stands behind the figure, so it carries no band.</summary>
    public const string Unvalidated = nameof(Unvalidated);

    /// <summary>The band is the measured error on model families that no coefficient of the method came from.</summary>
    public const string HeldOut = nameof(HeldOut);
}
