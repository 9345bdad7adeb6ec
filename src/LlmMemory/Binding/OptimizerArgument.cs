using LlmMemory.Workloads;

namespace LlmMemory.Binding;

/// <summary>An optimizer by name; null for a blank.</summary>
public sealed class OptimizerArgument : BoundArgument<Optimizer?>
{
    internal OptimizerArgument(object? given)
        : base(given, value => Setting.Find(value, Optimizer.All))
    {
    }
}
