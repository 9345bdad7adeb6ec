using LlmMemory.Estimation.Serving;

namespace LlmMemory.Binding;

/// <summary>A serving engine, by name; null for a blank.</summary>
public sealed class EngineArgument : BoundArgument<ServingEngine?>
{
    internal EngineArgument(object? given)
        : base(given, value => Setting.Find(value, ServingEngines.All))
    {
    }
}
