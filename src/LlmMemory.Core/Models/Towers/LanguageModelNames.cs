using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Models.Towers;

/// <summary>
/// What the tensors of a language model are called where it stands in a larger model. Wrappers in the style of LLaVA
/// put a prefix before the whole language model, its head included; later ones put it inside <c>model.</c> and leave
/// the head outside.
/// </summary>
internal sealed record LanguageModelNames
{
    private const string Inner = "model.";

    /// <summary>As they are when the language model stands alone.</summary>
    public static LanguageModelNames Whole { get; } = new();

    /// <summary><c>language_model.model.layers.0.</c> and <c>language_model.lm_head</c>.</summary>
    public static LanguageModelNames Before { get; } = new() { Prefix = "language_model." };

    /// <summary><c>model.language_model.layers.0.</c> and <c>lm_head</c>.</summary>
    public static LanguageModelNames Inside { get; } = new() { InnerPrefix = "model.language_model." };

    /// <summary><c>thinker.model.layers.0.</c> and <c>thinker.lm_head</c>.</summary>
    public static LanguageModelNames Thinker { get; } = new() { Prefix = "thinker." };

    /// <summary>What stands before all names.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>What stands in the place of a leading <c>model.</c></summary>
    public string InnerPrefix { get; init; } = Inner;

    /// <summary>The language model's sections under the names that they have in the whole.</summary>
    /// <param name="sections">The sections as the family names them.</param>
    public IReadOnlyList<ModelSection> Apply(IReadOnlyList<ModelSection> sections)
    {
        return [.. sections.Select(section => section.Renamed(Rename(section.Prefix), Prefix + section.OuterPrefix))];
    }

    private string Rename(string prefix)
    {
        return prefix.StartsWith(Inner, StringComparison.Ordinal)
            ? Prefix + InnerPrefix + prefix.Substring(Inner.Length)
            : Prefix + prefix;
    }
}
