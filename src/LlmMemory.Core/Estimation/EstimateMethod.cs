namespace LlmMemory.Estimation;

/// <summary>The values of <see cref="MemoryEstimate.Method"/>.</summary>
public static class EstimateMethod
{
    /// <summary>Only a parameter count is known.</summary>
    public const string RuleOfThumb = nameof(RuleOfThumb);
}
