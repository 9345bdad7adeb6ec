using System.Collections.Generic;
using System.Linq;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families;

/// <summary>Which layers of a decoder see a window of tokens only. Weights do not depend on it; caches do.</summary>
internal static class AttentionWindows
{
    /// <summary>The window of each layer, null for a layer that sees everything.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="layers">How many layers there are.</param>
    /// <param name="patternWhenMissing">Every how many layers one sees everything, where the configuration does not say; 0 for none.</param>
    public static IReadOnlyList<int?> Read(ModelConfig config, int layers, int patternWhenMissing = 0)
    {
        var window = config.OptionalInt("sliding_window", "sliding_window_size", "attention_window_size");
        if (window is null || !config.Bool(true, "use_sliding_window"))
        {
            return new int?[layers];
        }

        var types = config.TextList("layer_types");
        var pattern = config.Count(patternWhenMissing, "sliding_window_pattern", "_sliding_window_pattern");

        // Qwen2: layers from this number up slide, those below see everything.
        var firstSliding = config.Count(0, "max_window_layers");
        return [.. Enumerable.Range(0, layers).Select(index => Slides(index) ? window : null)];

        bool Slides(int index)
        {
            return types is not null && index < types.Count
                ? types[index] == "sliding_attention"
                : (pattern == 0 || (index + 1) % pattern != 0) && index >= firstSliding;
        }
    }
}
