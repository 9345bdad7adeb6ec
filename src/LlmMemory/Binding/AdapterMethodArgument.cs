using LlmMemory.Adapters;

namespace LlmMemory.Binding;

/// <summary>An adapter method by name; null for a blank.</summary>
public sealed class AdapterMethodArgument : BoundArgument<AdapterMethod?>
{
    internal AdapterMethodArgument(object? given)
        : base(given, value => Setting.Find(value, AdapterMethod.All))
    {
    }
}
