using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Families.Hybrids;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Latent;

/// <summary>
/// Which layers have an indexer of their own, and which read what an earlier layer's chose: as a list, as a word of
/// letters, or every few layers. Source: transformers, models/glm_moe_dsa/modular_glm_moe_dsa.py.
/// </summary>
internal static class IndexerSchedule
{
    private const string Shared = "shared";

    /// <summary>Reads the schedule.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="layers">How many layers there are.</param>
    /// <returns>True for each layer that has no indexer of its own.</returns>
    /// <exception cref="Errors.LlmMemoryException">The list is too short, or names a mode that is not known.</exception>
    public static IReadOnlyList<bool> Read(ModelConfig config, int layers)
    {
        if (LayerKinds.ReadField(config, "indexer_types", layers, "full", Shared) is { } modes)
        {
            return [.. modes.Select(mode => mode == Shared)];
        }

        if (config.Has("index_topk_pattern"))
        {
            return Pattern(config, layers);
        }

        var period = config.OptionalInt("index_topk_freq") ?? 1;
        var offset = config.Count(2, "index_skip_topk_offset");
        return [.. Enumerable.Range(0, layers).Select(index => Math.Max(index - offset + 1, 0) % period != 0)];
    }

    private static IReadOnlyList<bool> Pattern(ModelConfig config, int layers)
    {
        const string Name = "index_topk_pattern";
        if (config.IsList(Name))
        {
            return [.. LayerKinds.ReadField(config, Name, layers, "full", Shared)!.Select(mode => mode == Shared)];
        }

        var letters = config.Text(Name);
        return letters.Length >= layers && letters.All(letter => letter is 'F' or 'S')
            ? [.. letters.Select(letter => letter == 'S')]
            : throw config.Invalid(Name, $"should be one letter, F or S, for each of {layers} layers");
    }
}
