using System;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Compute;

/// <summary>
/// What the first GPU holds while it computes layers, or experts, whose weights lie on the host: a copy of one matrix
/// at a time, and of the keys and values of a layer whose cache is on the host. Source: ggml-org/llama.cpp v0.5.0,
/// ggml/src/ggml-backend.cpp (ggml_backend_sched_split_graph: a split starts at each weight of another device, its
/// copy lives as long as the split needs it). How well these copies fill the gaps that earlier ones left cannot be
/// had in closed form; the figures below are those of clean layouts.
/// </summary>
internal sealed class OffloadedMoments
{
    private readonly ComputeRequest _request;
    private readonly ComputeShape _shape;
    private readonly LayerMoments _layer;
    private readonly bool _hasLayers;

    /// <summary>Prepares the moments.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="layer">The moments of a layer.</param>
    /// <param name="hasLayers">True where whole layers lie on the host; false where only experts do.</param>
    public OffloadedMoments(ComputeRequest request, LayerMoments layer, bool hasLayers)
    {
        _request = request;
        _shape = request.Shape;
        _layer = layer;
        _hasLayers = hasLayers;
    }

    /// <summary>The fullest of them.</summary>
    public Moment Fullest()
    {
        var experts = _shape.Mixture is { } mixture ? Experts(mixture) : default;
        return _hasLayers ? experts.Or(FeedForward()).Or(Attention()).Or(Recurrence()) : experts;
    }

    private Moment Experts(MixtureOfExperts mixture)
    {
        var used = (long)mixture.ExpertsPerToken;
        var alive = _request.TokenBytes * ((used * (mixture.ExpertIntermediateSize + _shape.Hidden)) + (3 * _shape.Hidden));
        return new Moment("experts with copied weights", _layer.Inputs + _shape.ExpertDownBytes + alive + (3 * CopiedKeys / 2));
    }

    private Moment FeedForward()
    {
        if (_shape.FeedForward == 0)
        {
            return default;
        }

        var up = _shape.UpBytes + (_request.TokenBytes * 2 * _shape.FeedForward);
        var down = _shape.DownBytes + (_request.TokenBytes * _shape.FeedForward);

        // Small weights that are copied in between keep the room of an earlier layer's keys from being used again.
        var lost = _shape.HasSmallWeights && _request.Context.FlashAttention ? 3 * CopiedKeys / 2 : 0;
        return new Moment("feed-forward with copied weights", _layer.Inputs + Math.Max(up, down) + (4 * _request.HiddenBytes) + lost);
    }

    private Moment Attention()
    {
        if (_shape.Heads == 0 || CopiedKeys == 0)
        {
            return default;
        }

        if (!_request.Context.FlashAttention)
        {
            return _layer.Fullest(onGpu: true, withExperts: false).Plus(3 * CopiedKeys / 2) with { Name = "attention scores with a copied cache" };
        }

        var copies = CopiedKeys * (_shape.HasSmallWeights ? 3 : 2);
        return new Moment("attention with a copied cache", _layer.Inputs + copies + (4 * _request.HiddenBytes));
    }

    // A recurrence alone shares the GPU with one of its own matrices, one in a layer with a network with the network's.
    private Moment Recurrence()
    {
        if (_shape.Recurrence is null)
        {
            return default;
        }

        var layer = _layer.Fullest(onGpu: true, withExperts: false);
        var moment = _shape.Heads > 0
            ? layer.Plus(_shape.DownBytes)
            : layer.Plus(_request.HiddenBytes).Or(_layer.Logits().Plus(_shape.RecurrentBytes));
        return moment with { Name = "recurrence with copied weights" };
    }

    // The keys of one layer, as they lie in the cache; its values are as large.
    private long CopiedKeys
    {
        get
        {
            var width = _shape.Latent is { } latent ? latent.CacheElements : _shape.KeyHeads * _shape.KeySize;
            var cells = _shape.HasFullCache ? _request.Caches.FullCells : _shape.HasSlidingCache ? _request.Caches.SlidingCells : 0;
            return !_hasLayers || width == 0 ? 0 : _request.Settings.KeyCacheType.GetBytes(width) * cells * _request.Context.Streams;
        }
    }
}
