using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>Which kind each layer of a hybrid is, where the configuration lists them.</summary>
internal static class LayerKinds
{
    /// <summary>Reads the list of kinds.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="layers">How many layers there are.</param>
    /// <param name="known">The kinds that the family has.</param>
    /// <returns>The kind of each layer; null where the configuration has no list.</returns>
    /// <exception cref="LlmMemoryException">The list is too short, or names a kind that the family has not.</exception>
    public static IReadOnlyList<string>? Read(ModelConfig config, int layers, params string[] known)
    {
        return ReadField(config, config.Has("layer_types") ? "layer_types" : "layers_block_type", layers, known);
    }

    /// <summary>Reads the list of kinds under a name of its own.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="name">The field.</param>
    /// <param name="layers">How many layers there are.</param>
    /// <param name="known">The kinds that the family has.</param>
    /// <returns>The kind of each layer; null where the configuration has no list.</returns>
    /// <exception cref="LlmMemoryException">The list is too short, or names a kind that the family has not.</exception>
    public static IReadOnlyList<string>? ReadField(ModelConfig config, string name, int layers, params string[] known)
    {
        if (config.TextList(name) is not { } kinds)
        {
            return null;
        }

        if (kinds.Count < layers)
        {
            throw config.Invalid(name, $"has {kinds.Count} entries and the model {layers} layers");
        }

        var unknown = kinds.FirstOrDefault(kind => !known.Contains(kind));
        return unknown is null
            ? kinds
            : throw config.Invalid(name, $"has the kind {Quoted.Value(unknown)}; known are {string.Join(", ", known)}");
    }

    /// <summary>One layer of every few is of another kind.</summary>
    /// <param name="layers">How many layers there are.</param>
    /// <param name="period">Every how many layers.</param>
    /// <param name="offset">The number of the first of them, below the period.</param>
    /// <param name="kind">That kind.</param>
    /// <param name="others">The kind of the others.</param>
    public static IReadOnlyList<string> Every(int layers, int period, int offset, string kind, string others)
    {
        return [.. Enumerable.Range(0, layers).Select(index => index % period == offset ? kind : others)];
    }
}
