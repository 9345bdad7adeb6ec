using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation.Serving.LlamaCpp.Weights;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>A layer as llama.cpp loads it: its blocks with their dimensions, and which tensors the file has for it.</summary>
internal sealed class LlamaCppLayer
{
    private readonly Dictionary<string, PlacedWeight> _weights = new(System.StringComparer.Ordinal);

    /// <summary>Puts the two together.</summary>
    /// <param name="layer">The layer's blocks.</param>
    /// <param name="weights">Its tensors.</param>
    public LlamaCppLayer(ModelLayer layer, IEnumerable<PlacedWeight> weights)
    {
        Index = layer.Index;
        Mixers = [.. layer.Mixers.Select(Unwrapped)];
        FeedForward = layer.FeedForward is ReusedFeedForward reused ? reused.Original : layer.FeedForward;
        foreach (var weight in weights)
        {
            _weights[weight.Name] = weight;
        }
    }

    /// <summary>The layer's number, from 0.</summary>
    public int Index { get; }

    /// <summary>What tokens see each other in.</summary>
    public IReadOnlyList<TokenMixer> Mixers { get; }

    /// <summary>The attention that has heads with keys of their own; null where there is none.</summary>
    public GroupedQueryAttention? Attention => Mixers.OfType<GroupedQueryAttention>().FirstOrDefault();

    /// <summary>The latent attention; null where there is none.</summary>
    public LatentAttention? Latent => Mixers.OfType<LatentAttention>().FirstOrDefault();

    /// <summary>The recurrence; null where there is none.</summary>
    public RecurrentMixer? Recurrence => Mixers.OfType<RecurrentMixer>().FirstOrDefault();

    /// <summary>What works on each token by itself.</summary>
    public FeedForward? FeedForward { get; }

    /// <summary>True where the file has that tensor for the layer: <c>attn_q.bias</c>.</summary>
    public bool Has(string name)
    {
        return _weights.ContainsKey(name);
    }

    /// <summary>The tensor of that name; null where the file has none: <c>attn_q.weight</c>.</summary>
    public PlacedWeight? Find(string name)
    {
        return _weights.TryGetValue(name, out var weight) ? weight : null;
    }

    /// <summary>True where both have the same dimensions, and the same tensors.</summary>
    /// <param name="other">Another layer.</param>
    public bool IsBuiltAs(LlamaCppLayer other)
    {
        return _weights.Count == other._weights.Count
            && Equals(FeedForward, other.FeedForward)
            && Mixers.SequenceEqual(other.Mixers)
            && _weights.Keys.All(other._weights.ContainsKey);
    }

    /// <summary>True where the tensors of both take the same bytes.</summary>
    /// <param name="other">A layer that is built alike.</param>
    public bool WeighsAs(LlamaCppLayer other)
    {
        return _weights.All(pair => other._weights[pair.Key].Size.Equals(pair.Value.Size));
    }

    private static TokenMixer Unwrapped(TokenMixer mixer)
    {
        return mixer is ReusedMixer reused ? reused.Original : mixer;
    }
}
