using System.Collections.Generic;
using System.Linq;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families;

/// <summary>Which layers of a decoder see a window of tokens only. Weights do not depend on it; caches do.</summary>
internal static class AttentionWindows
{
    private const string Window = "sliding_window";
    private const string Types = "layer_types";

    private static readonly string[] Pattern = ["sliding_window_pattern", "_sliding_window_pattern"];

    /// <summary>The window of each layer, null for a layer that sees everything.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="layers">How many layers there are.</param>
    /// <param name="patternWhenMissing">Every how many layers one sees everything, where the configuration does not say; 0 for none.</param>
    public static IReadOnlyList<int?> Read(ModelConfig config, int layers, int patternWhenMissing = 0)
    {
        return Read(config, layers, new WindowRule { Pattern = patternWhenMissing });
    }

    /// <summary>The window of each layer, null for a layer that sees everything.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="layers">How many layers there are.</param>
    /// <param name="rule">What holds where the configuration does not say.</param>
    /// <exception cref="Errors.LlmMemoryException">layer_types names fewer layers than there are.</exception>
    public static IReadOnlyList<int?> Read(ModelConfig config, int layers, WindowRule rule)
    {
        var window = config.OptionalInt(Window, "sliding_window_size", "attention_window_size")
            ?? (config.Says(Window) ? null : rule.Window);
        if (window is null || !config.Bool(rule.SlidesUnlessToldNotTo, "use_sliding_window"))
        {
            return new int?[layers];
        }

        var slides = ReadTypes(config, layers) ?? ReadPattern(config, layers, rule);
        if (rule.LastSeesAll)
        {
            slides[layers - 1] = false;
        }

        return [.. slides.Select(sliding => sliding ? window : null)];
    }

    private static bool[]? ReadTypes(ModelConfig config, int layers)
    {
        var types = config.TextList(Types);
        if (types is not null && types.Count < layers)
        {
            throw config.Invalid(Types, $"names {types.Count} layers, and the model has {layers}");
        }

        return types?.Take(layers).Select(type => type == "sliding_attention").ToArray();
    }

    private static bool[] ReadPattern(ModelConfig config, int layers, WindowRule rule)
    {
        if (config.IsText(Pattern))
        {
            var letters = config.Text(Pattern);
            return letters.Length > 0 ? ReadLetters(letters, layers) : throw config.Invalid(Pattern[0], "names no layer");
        }

        var pattern = config.Count(rule.Pattern, Pattern);
        var first = config.Count(rule.FirstSlidingLayer, "max_window_layers");
        return
        [
            .. Enumerable.Range(0, layers)
                .Select(index => (pattern == 0 || (index + 1) % pattern != 0) && index >= first),
        ];
    }

    /// <summary>EXAONE 4's way: LLLG, where L slides, G sees everything, and so does the last layer.</summary>
    private static bool[] ReadLetters(string letters, int layers)
    {
        return [.. Enumerable.Range(0, layers).Select(
            index => letters[index % letters.Length] == 'L' && index < layers - 1)];
    }
}
