using LlmMemory.Workloads.Serving;

namespace LlmMemory.Binding;

/// <summary>A type that keys and values are cached in, by name; null for a blank.</summary>
public sealed class CacheTypeArgument : BoundArgument<CacheType?>
{
    internal CacheTypeArgument(object? given)
        : base(given, value => Setting.Find(value, CacheTypes.All))
    {
    }
}
