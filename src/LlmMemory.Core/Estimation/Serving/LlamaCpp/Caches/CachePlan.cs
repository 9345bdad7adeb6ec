using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Caches;

/// <summary>
/// What each layer of a model keeps of a sequence in llama.cpp. Sources: ggml-org/llama.cpp v0.5.0,
/// src/llama-model.cpp (create_memory), src/llama-hparams.cpp, src/llama-kv-cache.cpp, src/llama-kv-cache-dsa.cpp.
/// </summary>
internal sealed class CachePlan
{
    // Architectures that llama.cpp computes without any memory of earlier tokens (create_memory).
    private static readonly HashSet<string> WithoutMemory = new(StringComparer.Ordinal)
    {
        "bert", "jina-bert-v2", "jina-bert-v3", "nomic-bert", "nomic-bert-moe", "neo-bert", "eurobert", "wavtokenizer-dec",
        "modern-bert", "gemma-embedding", "dream", "llada", "llada-moe", "rnd1",
    };

    // Architectures that llama.cpp gives a sliding cache; any other one ignores the window that a configuration has.
    private static readonly HashSet<string> Sliding = new(StringComparer.Ordinal)
    {
        "afmoe", "cohere2", "cohere2moe", "exaone-moe", "exaone4", "gemma2", "gemma3", "gemma3n", "gemma4", "gpt-oss",
        "granite-swa", "laguna", "lfm2", "lfm2moe", "llama4", "maple", "mellum", "mimo2", "muse-glimmer", "olmo2", "plamo3",
        "smallthinker", "spark2-5", "step35",
    };

    // Architectures whose caches are of a kind of their own.
    private static readonly HashSet<string> Unknown = new(StringComparer.Ordinal)
    {
        "deepseek4", "dflash", "dots3note", "minimax-m3", "qwen4exp",
    };

    private static readonly HashSet<string> SharingLayers = new(StringComparer.Ordinal) { "gemma3n", "gemma4" };

    private readonly string _architecture;

    /// <summary>Looks at each layer.</summary>
    /// <param name="architecture">The architecture's name in GGUF.</param>
    /// <param name="layers">The layers, those that draft left out.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.LlamaCppModelUnsupported"/>.</exception>
    public CachePlan(string architecture, IReadOnlyList<LlamaCppLayer> layers)
    {
        _architecture = architecture;
        if (Unknown.Contains(architecture))
        {
            throw new LlmMemoryException(
                ErrorIds.LlamaCppModelUnsupported,
                architecture,
                $"How llama.cpp lays out the caches of {Quoted.Value(architecture)} is not known here. Models such as llama, qwen3 or "
                + "deepseek2 can be estimated.");
        }

        HasMemory = !WithoutMemory.Contains(architecture);
        Attention = HasMemory ? [.. layers.Select(Cached).OfType<CachedLayer>()] : [];
        Indexers = HasMemory ? [.. layers.Select(Indexer).OfType<CachedLayer>()] : [];
        Recurrent = HasMemory ? [.. layers.Select(Carried).OfType<RecurrentLayer>()] : [];
        MaxValueWidth = layers.Select(layer => layer.Attention).OfType<GroupedQueryAttention>().Select(ValueWidth).DefaultIfEmpty(0).Max();
        HasVariableValues = Attention.Any(layer => layer.ValueWidth != 0 && layer.ValueWidth != MaxValueWidth);
        Window = layers.Where(Slides).Select(layer => layer.Attention!.Window!.Value).DefaultIfEmpty(0).Max();
        IgnoresWindows = !Sliding.Contains(architecture) && layers.Any(layer => layer.Attention?.Window is not null);
    }

    /// <summary>False for encoders and models of diffusion, which keep nothing.</summary>
    public bool HasMemory { get; }

    /// <summary>The layers that keep keys.</summary>
    public IReadOnlyList<CachedLayer> Attention { get; }

    /// <summary>The layers that keep a key for their indexer, too.</summary>
    public IReadOnlyList<CachedLayer> Indexers { get; }

    /// <summary>The layers that carry a state.</summary>
    public IReadOnlyList<RecurrentLayer> Recurrent { get; }

    /// <summary>The widest value of any layer.</summary>
    public long MaxValueWidth { get; }

    /// <summary>True where layers have values of different width, which are padded where attention is not fused.</summary>
    public bool HasVariableValues { get; }

    /// <summary>The tokens that a layer with a window sees; 0 where none has one.</summary>
    public int Window { get; }

    /// <summary>True where the model has windows that llama.cpp does not use.</summary>
    public bool IgnoresWindows { get; }

    private CachedLayer? Cached(LlamaCppLayer layer)
    {
        if (layer.Latent is { } latent)
        {
            return Latent(layer, latent);
        }

        return layer.Attention is not { } attention || IsShared(attention)
            ? null
            : new CachedLayer(layer.Index, Slides(layer), (long)attention.KeyValueHeads * attention.HeadSize, ValueWidth(attention));
    }

    // Files from before llama.cpp kept the latent itself, and architectures that never do, keep whole heads.
    private static CachedLayer Latent(LlamaCppLayer layer, LatentAttention latent)
    {
        var keepsHeads = layer.Has("attn_kv_b.weight") && !layer.Has("attn_k_b.weight");
        return keepsHeads
            ? new CachedLayer(
                layer.Index,
                false,
                (long)latent.Heads * (latent.QkNopeHeadSize + latent.QkRopeHeadSize),
                (long)latent.Heads * latent.ValueHeadSize)
            : new CachedLayer(layer.Index, false, latent.CacheElements, 0);
    }

    private static CachedLayer? Indexer(LlamaCppLayer layer)
    {
        return layer.Latent?.Indexer is { IsShared: false } indexer ? new CachedLayer(layer.Index, false, indexer.HeadSize, 0) : null;
    }

    private RecurrentLayer? Carried(LlamaCppLayer layer)
    {
        return layer.Recurrence switch
        {
            null => null,

            // The last token before the time mixing, and the last before the channel mixing.
            Rwkv7TimeMix mix => new RecurrentLayer(
                layer.Index, (long)mix.HiddenSize * (_architecture == "arwkv7" ? 1 : 2), mix.StateElements),
            var mixer => new RecurrentLayer(
                layer.Index, mixer.ConvolutionChannels * Math.Max(0, mixer.ConvolutionKernel - 1), mixer.StateElements),
        };
    }

    private bool Slides(LlamaCppLayer layer)
    {
        return layer.Attention?.Window is not null && Sliding.Contains(_architecture);
    }

    private bool IsShared(GroupedQueryAttention attention)
    {
        return attention.SharesKeyValueOf is not null && SharingLayers.Contains(_architecture);
    }

    private static long ValueWidth(GroupedQueryAttention attention)
    {
        return (long)attention.KeyValueHeads * (attention.ValueHeadSize ?? attention.HeadSize);
    }
}
