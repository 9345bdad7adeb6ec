using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// How the tokens of each layer see each other, layers of the same dimensions taken together. Made once for a model, so
/// that no estimate compares blocks again. What reads another layer's cache is left out, and so are all layers of a
/// model that only encodes.
/// </summary>
internal sealed class LayerMixers
{
    private readonly List<TokenMixer> _kinds = [];
    private readonly int[][] _before;

    /// <summary>Reads the layers.</summary>
    /// <param name="architecture">How the model is built.</param>
    /// <param name="layers">Those of its layers that count, in order.</param>
    public LayerMixers(ModelArchitecture architecture, IReadOnlyList<ModelLayer> layers)
    {
        var numbers = new Dictionary<TokenMixer, int>();
        var counts = new List<int>();
        _before = new int[layers.Count + 1][];
        _before[0] = [];
        for (var i = 0; i < layers.Count; i++)
        {
            foreach (var mixer in architecture.Generates ? Cached(layers[i]) : [])
            {
                if (!numbers.TryGetValue(mixer, out var number))
                {
                    number = _kinds.Count;
                    numbers.Add(mixer, number);
                    _kinds.Add(mixer);
                    counts.Add(0);
                }

                counts[number]++;
            }

            _before[i + 1] = [.. counts];
        }
    }

    /// <summary>All layers.</summary>
    public IReadOnlyList<MixerGroup> All => Of(0, _before.Length - 1);

    /// <summary>The groups of some layers that follow each other.</summary>
    /// <param name="first">The first layer.</param>
    /// <param name="count">How many there are.</param>
    public IReadOnlyList<MixerGroup> Of(int first, int count)
    {
        var groups = new List<MixerGroup>(_kinds.Count);
        for (var kind = 0; kind < _kinds.Count; kind++)
        {
            var layers = Before(first + count, kind) - Before(first, kind);
            if (layers > 0)
            {
                groups.Add(new MixerGroup(_kinds[kind], layers));
            }
        }

        return groups;
    }

    private int Before(int layer, int kind)
    {
        return kind < _before[layer].Length ? _before[layer][kind] : 0;
    }

    private static IEnumerable<TokenMixer> Cached(ModelLayer layer)
    {
        return layer.Mixers
            .Select(mixer => mixer is ReusedMixer reused ? reused.Original : mixer)
            .Where(mixer => mixer is not GroupedQueryAttention { SharesKeyValueOf: not null });
    }
}
