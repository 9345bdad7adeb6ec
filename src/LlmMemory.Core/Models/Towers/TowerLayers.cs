using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>Layers that are all alike, as those of a tower are.</summary>
internal static class TowerLayers
{
    /// <summary>Makes the layers.</summary>
    /// <param name="count">How many.</param>
    /// <param name="blocks">What each of them is made of.</param>
    public static IReadOnlyList<ModelLayer> Repeat(int count, params IReadOnlyList<Block> blocks)
    {
        return [.. Enumerable.Range(0, count).Select(index => new ModelLayer(index, blocks))];
    }
}
