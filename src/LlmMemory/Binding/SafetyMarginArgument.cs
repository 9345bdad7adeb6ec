using LlmMemory.Workloads;

namespace LlmMemory.Binding;

/// <summary>A safety margin: 0.2, 20 or '20%'; null for a blank.</summary>
public sealed class SafetyMarginArgument : BoundArgument<decimal?>
{
    internal SafetyMarginArgument(object? given)
        : base(given, value => Setting.Read(value, SafetyMargin.Parse))
    {
    }
}
