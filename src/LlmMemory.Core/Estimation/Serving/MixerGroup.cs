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
    /// <summary>
    /// The groups of some layers, in the order in which they first come. What reads another layer's cache has none, and
    /// neither has a model that only encodes.
    /// </summary>
    /// <param name="architecture">How the model is built.</param>
    /// <param name="layers">Those of its layers that count.</param>
    public static IReadOnlyList<MixerGroup> Of(ModelArchitecture architecture, IEnumerable<ModelLayer> layers)
    {
        return !architecture.Generates ? [] :
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
