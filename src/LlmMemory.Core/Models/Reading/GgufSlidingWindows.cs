using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Models.Reading;

/// <summary>
/// Which layers of a GGUF model see a window of tokens only. A file says how wide the window is; which layers have one
/// it says in an array, or leaves to its architecture. Source: ggml-org/llama.cpp, src/models/*.cpp
/// (load_swa_pattern, n_swa).
/// </summary>
internal static class GgufSlidingWindows
{
    private const string WindowKey = "attention.sliding_window";

    private const string PatternKey = "attention.sliding_window_pattern";

    private const long Llama4Chunk = 8192;

    // Of how many layers one sees everything, the last of them or the first.
    private static readonly Dictionary<string, (int Period, bool FullFirst)> Patterns = new(StringComparer.Ordinal)
    {
        ["afmoe"] = (4, false),
        ["cohere2"] = (4, false),
        ["cohere2moe"] = (4, true),
        ["exaone-moe"] = (4, false),
        ["exaone4"] = (4, false),
        ["gemma-embedding"] = (6, false),
        ["gemma2"] = (2, false),
        ["gemma3"] = (6, false),
        ["gemma3n"] = (5, false),
        ["gpt-oss"] = (2, false),
        ["laguna"] = (4, true),
        ["llama4"] = (4, false),
        ["mellum"] = (4, false),
        ["modern-bert"] = (3, true),
        ["muse-glimmer"] = (4, false),
        ["olmo2"] = (4, false),
        ["plamo3"] = (8, false),
        ["smallthinker"] = (4, true),
    };

    /// <summary>The window of each layer, null for a layer that sees everything.</summary>
    /// <param name="hyperparameters">The metadata.</param>
    /// <param name="layers">How many layers there are, without those that draft.</param>
    public static IReadOnlyList<int?> Read(GgufHyperparameters hyperparameters, int layers)
    {
        var window = Window(hyperparameters);
        var slides = Slides(hyperparameters, layers);
        return [.. Enumerable.Range(0, layers).Select(index => window > 0 && slides(index) ? (int?)window : null)];
    }

    private static int Window(GgufHyperparameters hyperparameters)
    {
        // Llama 4 has chunks of a fixed length unless its window is 0.
        var isUnsaid = hyperparameters.Number(WindowKey) is null;
        return isUnsaid && hyperparameters.Architecture == "llama4"
            ? (int)Llama4Chunk
            : hyperparameters.Dimension(WindowKey) ?? 0;
    }

    private static Func<int, bool> Slides(GgufHyperparameters hyperparameters, int layers)
    {
        if (hyperparameters.Flags(PatternKey, layers) is { } flags)
        {
            return index => flags[index];
        }

        if (!Patterns.TryGetValue(hyperparameters.Architecture, out var pattern))
        {
            // An architecture that is not listed has no window in llama.cpp, whatever its file says.
            return _ => false;
        }

        var period = hyperparameters.Dimension(PatternKey) ?? pattern.Period;
        return index => index % period != (pattern.FullFirst ? 0 : period - 1);
    }
}
