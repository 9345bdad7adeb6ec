namespace LlmMemory.Estimation;

/// <summary>The values of <see cref="MemoryEstimate.Method"/>.</summary>
public static class EstimateMethod
{
    /// <summary>Only a parameter count is known.</summary>
    public const string RuleOfThumb = nameof(RuleOfThumb);

    /// <summary>The model is known: its weights are the sum over its tensors.</summary>
    public const string Architecture = nameof(Architecture);
}
