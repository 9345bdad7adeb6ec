namespace LlmMemory.Estimation;

/// <summary>The values of <see cref="MemoryEstimate.Validation"/>.</summary>
public static class EstimateValidation
{
    /// <summary>No measured error stands behind the figure, so it carries no band.</summary>
    public const string Unvalidated = nameof(Unvalidated);

    /// <summary>The band is the measured error on model families that no coefficient of the method came from.</summary>
    public const string HeldOut = nameof(HeldOut);

    /// <summary>Components are set to what logs of the user's own reported; a band is the range of these logs.</summary>
    public const string Calibrated = nameof(Calibrated);
}
