using LlmMemory.Planning;

namespace LlmMemory.Binding;

/// <summary>What has to stay free of a device; none for a blank.</summary>
public sealed class HeadroomArgument : BoundArgument<FitHeadroom>
{
    internal HeadroomArgument(object? given)
        : base(given, value => value is null or "" ? FitHeadroom.None : FitHeadroom.Parse(value))
    {
    }
}
