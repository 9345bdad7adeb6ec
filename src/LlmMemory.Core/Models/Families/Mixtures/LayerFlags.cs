using System.Linq;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>A list of 0 and 1, one for each layer.</summary>
internal static class LayerFlags
{
    /// <summary>Reads the list.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="name">The field.</param>
    /// <param name="layers">How many layers there are.</param>
    /// <exception cref="Errors.LlmMemoryException">The list is missing, too short, or holds other numbers.</exception>
    public static bool[] Read(ModelConfig config, string name, int layers)
    {
        var flags = config.IntList(name) ?? throw config.Missing(name);
        if (flags.Count < layers)
        {
            throw config.Invalid(name, $"has {flags.Count} entries and the model {layers} layers");
        }

        return flags.All(flag => flag is 0 or 1)
            ? [.. flags.Take(layers).Select(flag => flag == 1)]
            : throw config.Invalid(name, "should have 0 or 1 for each layer");
    }
}
