using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Reading;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>A layer as llama.cpp loads it: its blocks with their dimensions, and which tensors the file has for it.</summary>
internal sealed class LlamaCppLayer
{
    private readonly HashSet<string> _names;

    /// <summary>Puts the two together.</summary>
    /// <param name="layer">The layer's blocks.</param>
    /// <param name="tensors">Its tensors.</param>
    public LlamaCppLayer(ModelLayer layer, IEnumerable<ModelTensor> tensors)
    {
        Index = layer.Index;
        Mixers = [.. layer.Mixers.Select(Unwrapped)];
        FeedForward = layer.FeedForward is ReusedFeedForward reused ? reused.Original : layer.FeedForward;
        _names = [.. tensors.Select(tensor => GgufTensorName.Parse(tensor.Name)).Select(name => $"{name.Stem}.{name.Ending}")];
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
        return _names.Contains(name);
    }

    private static TokenMixer Unwrapped(TokenMixer mixer)
    {
        return mixer is ReusedMixer reused ? reused.Original : mixer;
    }
}
