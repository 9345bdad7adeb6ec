using LlmMemory.Models;
using LlmMemory.Sources.Catalogue;

namespace LlmMemory.Binding;

/// <summary>A model that was read before, or a name of the built-in catalogue; null for a blank.</summary>
public sealed class ModelArgument : BoundArgument<object?>
{
    internal ModelArgument(object? given)
        : base(given, value => value as LlmModel ?? (object?)Setting.Find(value, ModelCatalogue.All))
    {
    }
}
