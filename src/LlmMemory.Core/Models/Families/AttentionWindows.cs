using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families;

/// <summary>Which layers of a decoder see a window of tokens only. Weights do not depend on it; caches do.</summary>
internal static class AttentionWindows
{
    private static readonly string[] PatternFields = ["sliding_window_pattern", "_sliding_window_pattern"];

    /// <summary>The window of each layer, null for a layer that sees everything.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="layers">How many layers there are.</param>
    /// <param name="patternWhenMissing">Every how many layers one sees everything, where the configuration does not say; 0 for none.</param>
    /// <param name="usedWhenMissing">True where a window counts without <c>use_sliding_window</c>.</param>
    public static IReadOnlyList<int?> Read(
        ModelConfig config, int layers, int patternWhenMissing = 0, bool usedWhenMissing = true)
    {
        var window = config.OptionalInt("sliding_window", "sliding_window_size", "attention_window_size");
        if (window is null || !config.Bool(usedWhenMissing, "use_sliding_window"))
        {
            return new int?[layers];
        }

        var slides = ByType(config, layers) ?? ByLetters(config, layers) ?? ByNumber(config, patternWhenMissing);
        return [.. Enumerable.Range(0, layers).Select(index => slides(index) ? window : null)];
    }

    private static Func<int, bool>? ByType(ModelConfig config, int layers)
    {
        const string Field = "layer_types";
        return config.TextList(Field) switch
        {
            null => null,
            { } types when types.Count < layers =>
                throw config.Invalid(Field, $"has {types.Count} entries and the model {layers} layers"),
            { } types => index => types[index] == "sliding_attention",
        };
    }

    // EXAONE 4 spells its pattern: L for a local layer, G for a global one; the last layer is global whatever it says.
    private static Func<int, bool>? ByLetters(ModelConfig config, int layers)
    {
        return config.IsText(PatternFields) && config.OptionalText(PatternFields) is { Length: > 0 } letters
            ? index => index < layers - 1 && letters[index % letters.Length] == 'L'
            : null;
    }

    private static Func<int, bool> ByNumber(ModelConfig config, int patternWhenMissing)
    {
        var pattern = config.Count(patternWhenMissing, PatternFields);

        // Qwen2: layers from this number up slide, those below see everything.
        var firstSliding = config.Count(0, "max_window_layers");
        return index => index >= firstSliding && (pattern == 0 || (index + 1) % pattern != 0);
    }
}
