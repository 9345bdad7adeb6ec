namespace LlmMemory.Estimation;

/// <summary>The values of <see cref="MemoryEstimate.Validation"/>.</summary>
public static class EstimateValidation
{
    /// <summary>No measured error stands behind the figure, so it carries no band.</summary>
    public const string Unvalidated = nameof(Unvalidated);
}
