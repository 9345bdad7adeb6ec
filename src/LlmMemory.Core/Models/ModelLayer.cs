using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models;

/// <summary>One layer: its blocks in the order in which a token passes them.</summary>
public sealed class ModelLayer
{
    /// <summary>Puts a layer together.</summary>
    /// <param name="index">Its number in its section, from 0.</param>
    /// <param name="blocks">Its blocks in the order in which a token passes them.</param>
    public ModelLayer(int index, params IReadOnlyList<Block> blocks)
    {
        Index = index;
        Blocks = blocks;
    }

    /// <summary>The layer's number in its section, from 0.</summary>
    public int Index { get; }

    /// <summary>Everything in it that has weights, or that tokens see each other in.</summary>
    public IReadOnlyList<Block> Blocks { get; }

    /// <summary>What tokens see each other in: none, one, or several side by side or one after the other.</summary>
    public IEnumerable<TokenMixer> Mixers => Blocks.OfType<TokenMixer>();

    /// <summary>What works on each token by itself, null where the layer has none.</summary>
    public FeedForward? FeedForward => Blocks.OfType<FeedForward>().FirstOrDefault();

    /// <summary>The kinds of its parts in a word or two: <c>SlidingWindow + Experts</c>.</summary>
    public override string ToString()
    {
        return string.Join(" + ", Mixers.Select(mixer => mixer.Kind).Concat(Blocks.OfType<FeedForward>().Select(block => block.Kind)));
    }
}
