using LlmMemory.Naming;

namespace LlmMemory.Binding;

/// <summary>An entry of a catalogue, by name; null for a blank.</summary>
/// <typeparam name="T">What the names stand for.</typeparam>
public sealed class NamedArgument<T> : BoundArgument<T?>
    where T : class, INamed
{
    internal NamedArgument(object? given)
        : base(given, value => Setting.Find(value, SettingCatalogues.Of<T>()))
    {
    }
}
