using LlmMemory.Workloads;

namespace LlmMemory.Binding;

/// <summary>A mode by name; null for a blank.</summary>
public sealed class ModeArgument : BoundArgument<EstimateMode?>
{
    internal ModeArgument(object? given)
        : base(given, value => Setting.Find(value, EstimateMode.All))
    {
    }
}
