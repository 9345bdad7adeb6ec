using LlmMemory.Errors;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>The errors of towers that cannot be counted, and the way on that each of them names.</summary>
internal static class TowerErrors
{
    private const string WayOn = "To leave it out of the count, read the language model alone: -TextOnly.";

    /// <summary>The error of a part that a model has and nobody here knows how to count.</summary>
    /// <param name="model">The whole configuration.</param>
    /// <param name="field">The field that shows that the part is there: vision_config.</param>
    /// <param name="kind">What kind of part it is, as its model_type says; empty where nothing says.</param>
    public static LlmMemoryException Unknown(ModelConfig model, string field, string kind)
    {
        var name = kind.Length > 0 ? $" of the kind {Quoted.Value(kind)}" : string.Empty;
        return new LlmMemoryException(
            ErrorIds.ModelPartUnknown,
            kind.Length > 0 ? kind : field,
            $"{Quoted.Value(model.Source)} is a {Quoted.Value(model.ModelType)} model with a {field}{name}, and how that part "
            + $"is built is not known. {WayOn}");
    }

    /// <summary>The error of a part that a model of its type has, but that its configuration does not describe.</summary>
    /// <param name="model">The whole configuration.</param>
    /// <param name="field">The field that should describe it: vision_config.</param>
    public static LlmMemoryException Missing(ModelConfig model, string field)
    {
        return new LlmMemoryException(
            ErrorIds.ConfigFieldMissing,
            field,
            $"{Quoted.Value(model.Source)} has no {field}, and a {Quoted.Value(model.ModelType)} model has that part. Give the "
            + $"complete config.json of the model. {WayOn}");
    }
}
