using LlmMemory.Quantities;

namespace LlmMemory.Binding;

/// <summary>A parameter count: 7B, 350M, 7e9, '7,000,000,000'.</summary>
public sealed class CountArgument : BoundArgument<long>
{
    internal CountArgument(object? given)
        : base(given, ParameterCount.Parse)
    {
    }
}
