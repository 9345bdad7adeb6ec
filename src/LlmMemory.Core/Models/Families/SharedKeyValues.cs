using System.Collections.Generic;
using System.Linq;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families;

/// <summary>
/// Which layers read the keys and values of another: the last ones of Gemma 3n and of the small Gemma 4, each those of
/// the last layer before them that is of its kind. Source: transformers, models/gemma3n/modeling_gemma3n.py
/// (kv_shared_layer_index).
/// </summary>
internal static class SharedKeyValues
{
    private const string Field = "num_kv_shared_layers";

    /// <summary>How many layers at the end share.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="layers">How many layers there are.</param>
    /// <exception cref="Errors.LlmMemoryException">There are not as many layers, with one before them.</exception>
    public static int Count(ModelConfig config, int layers)
    {
        var shared = config.Count(0, Field);
        return shared < layers
            ? shared
            : throw config.Invalid(Field, $"is {shared}, and of the model's {layers} layers one at least has to have its own");
    }

    /// <summary>The layer that each layer reads from, null where it has keys and values of its own.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="windows">The window of each layer.</param>
    /// <param name="shared">How many layers at the end share.</param>
    /// <exception cref="Errors.LlmMemoryException">No layer of the same kind is before them.</exception>
    public static IReadOnlyList<int?> Sources(ModelConfig config, IReadOnlyList<int?> windows, int shared)
    {
        var first = windows.Count - shared;
        return
        [
            .. Enumerable.Range(0, windows.Count)
                .Select(index => index < first ? (int?)null : Source(config, windows, first, index)),
        ];
    }

    private static int Source(ModelConfig config, IReadOnlyList<int?> windows, int first, int index)
    {
        for (var source = first - 1; source >= 0; source--)
        {
            if (windows[source] is null == windows[index] is null)
            {
                return source;
            }
        }

        throw config.Invalid(Field, $"lets layer {index} share, and no layer before {first} is of its kind");
    }
}
