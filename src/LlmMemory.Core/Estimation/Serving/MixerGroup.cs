using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving;

/// <summary>Layers whose tokens see each other in the same way, so that they cache the same.</summary>
/// <param name="Mixer">The way, its dimensions.</param>
/// <param name="Layers">How many layers there are of it.</param>
internal sealed record MixerGroup(TokenMixer Mixer, int Layers)
{
    /// <summary>The groups of some layers, in the order in which they first come; what reads another layer's cache has none.</summary>
    /// <param name="layers">The layers.</param>
    public static IReadOnlyList<MixerGroup> Of(IEnumerable<ModelLayer> layers)
    {
        return
        [
            .. layers
                .SelectMany(layer => layer.Mixers)
                .Select(mixer => mixer is ReusedMixer reused ? reused.Original : mixer)
                .Where(mixer => mixer is not GroupedQueryAttention { SharesKeyValueOf: not null })
                .GroupBy(mixer => mixer)
                .Select(group => new MixerGroup(group.Key, group.Count())),
        ];
    }
}
