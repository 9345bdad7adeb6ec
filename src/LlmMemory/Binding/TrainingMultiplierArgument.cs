using LlmMemory.Workloads;

namespace LlmMemory.Binding;

/// <summary>A training multiplier: a number from 1 up; null for a blank.</summary>
public sealed class TrainingMultiplierArgument : BoundArgument<decimal?>
{
    internal TrainingMultiplierArgument(object? given)
        : base(given, value => Setting.Read(value, TrainingMultiplier.Parse))
    {
    }
}
