using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation.Serving.LlamaCpp.Weights;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Compute;

/// <summary>The widths of a model that the size of compute buffers depends on: those of its widest layer.</summary>
internal sealed class ComputeShape
{
    private readonly IReadOnlyList<LlamaCppLayer> _layers;

    /// <summary>Looks the widths up.</summary>
    /// <param name="model">The model.</param>
    public ComputeShape(LlamaCppModel model)
    {
        _layers = model.Layers;
        Architecture = model.Architecture;
        Hidden = model.HiddenSize;
        Vocabulary = model.VocabularySize;
        HasFullCache = model.Caches.Attention.Any(layer => !layer.IsSliding);
        HasSlidingCache = model.Caches.Attention.Any(layer => layer.IsSliding);
        var attention = All(layer => layer.Attention);
        Heads = attention.Select(block => block.Heads).Concat(All(layer => layer.Latent).Select(block => block.Heads)).DefaultIfEmpty(0).Max();
        KeyHeads = attention.Select(block => block.KeyValueHeads).DefaultIfEmpty(0).Max();
        KeySize = attention.Select(block => block.HeadSize).DefaultIfEmpty(0).Max();
        ValueSize = attention.Select(block => block.ValueHeadSize ?? block.HeadSize).DefaultIfEmpty(0).Max();
        Latent = All(layer => layer.Latent).FirstOrDefault();
        FeedForward = All(layer => layer.FeedForward as DenseMlp).Select(block => block.IntermediateSize).DefaultIfEmpty(0).Max();
        Mixture = All(layer => layer.FeedForward as MixtureOfExperts).OrderByDescending(block => block.ExpertsPerToken).FirstOrDefault();
        Recurrence = All(layer => layer.Recurrence).OrderByDescending(block => block.ConvolutionChannels).FirstOrDefault();
        IsParallel = _layers.Any(layer => layer is { Recurrence: not null, Attention: not null });
        HasFusedQuery = _layers.Any(layer => layer.Attention is not null && layer.Has("attn_qkv.weight"));
        HasSmallWeights = model.Weights.Weights.Any(IsSmallInAttention);
        UpBytes = Widest(model, "ffn_up", "ffn_gate");
        DownBytes = Widest(model, "ffn_down");
        ExpertDownBytes = Widest(model, "ffn_down_exps");
        RecurrentBytes = Widest(model, "ssm_in");
    }

    /// <summary>The architecture's name in GGUF.</summary>
    public string Architecture { get; }

    /// <summary>The width of the hidden states.</summary>
    public long Hidden { get; }

    /// <summary>The rows of the head.</summary>
    public long Vocabulary { get; }

    /// <summary>True where a layer keeps all tokens.</summary>
    public bool HasFullCache { get; }

    /// <summary>True where a layer keeps a window.</summary>
    public bool HasSlidingCache { get; }

    /// <summary>Query heads; 0 without attention.</summary>
    public long Heads { get; }

    /// <summary>Key heads.</summary>
    public long KeyHeads { get; }

    /// <summary>The width of a key head.</summary>
    public long KeySize { get; }

    /// <summary>The width of a value head.</summary>
    public long ValueSize { get; }

    /// <summary>The queries of all heads.</summary>
    public long QueryWidth => Heads * KeySize;

    /// <summary>Latent attention; null where there is none.</summary>
    public LatentAttention? Latent { get; }

    /// <summary>The width inside the widest dense network; 0 where all are mixtures.</summary>
    public long FeedForward { get; }

    /// <summary>The mixture of experts; null where all networks are dense.</summary>
    public MixtureOfExperts? Mixture { get; }

    /// <summary>The recurrence; null where there is none.</summary>
    public RecurrentMixer? Recurrence { get; }

    /// <summary>True where a layer has a recurrence and attention side by side.</summary>
    public bool IsParallel { get; }

    /// <summary>True where query, key and value come out of one matrix.</summary>
    public bool HasFusedQuery { get; }

    /// <summary>True where attention has small weights beside its matrices: biases, norms of queries, rotary tables.</summary>
    public bool HasSmallWeights { get; }

    /// <summary>The largest matrix into a dense network.</summary>
    public long UpBytes { get; }

    /// <summary>The largest matrix out of a dense network.</summary>
    public long DownBytes { get; }

    /// <summary>The largest matrices out of a layer's experts.</summary>
    public long ExpertDownBytes { get; }

    /// <summary>The largest matrix into a recurrence.</summary>
    public long RecurrentBytes { get; }

    private List<T> All<T>(Func<LlamaCppLayer, T?> choose)
        where T : class
    {
        return [.. _layers.Select(choose).OfType<T>()];
    }

    private static bool IsSmallInAttention(PlacedWeight weight)
    {
        return weight.Stem is "rope_freqs" or "attn_q_norm" or "attn_k_norm" or "post_attention_norm"
            || (weight.Stem == "attn_q" && weight.Tensor.Shape.Count == 1);
    }

    private static long Widest(LlamaCppModel model, params string[] stems)
    {
        return model.Weights.Weights.Where(weight => stems.Contains(weight.Stem)).Select(weight => weight.Size.OnGpu).DefaultIfEmpty(0).Max();
    }
}
