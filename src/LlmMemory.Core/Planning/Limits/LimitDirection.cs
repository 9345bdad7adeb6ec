namespace LlmMemory.Planning.Limits;

/// <summary>Which end of a setting is looked for.</summary>
public enum LimitDirection
{
    /// <summary>The largest value that fits.</summary>
    Maximize,

    /// <summary>The smallest value that fits.</summary>
    Minimize,
}
