using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Reading;

/// <summary>
/// The attention of each layer of a GGUF model. The metadata has the dimensions, as one number or one for each layer.
/// Source: ggml-org/llama.cpp, src/llama-model.cpp (load_hparams) and src/llama-hparams.cpp.
/// </summary>
internal sealed class GgufAttentionReader
{
    private readonly GgufHyperparameters _hyperparameters;
    private readonly int _hiddenSize;
    private readonly IReadOnlyList<int> _heads;
    private readonly IReadOnlyList<int> _keyValueHeads;
    private readonly IReadOnlyList<int?> _windows;
    private readonly int _ownKeyValueLayers;

    /// <summary>Reads what all layers have in common.</summary>
    /// <param name="hyperparameters">The metadata.</param>
    /// <param name="hiddenSize">The width of the hidden states.</param>
    /// <param name="layers">All layers, those that draft included.</param>
    public GgufAttentionReader(GgufHyperparameters hyperparameters, int hiddenSize, int layers)
    {
        _hyperparameters = hyperparameters;
        _hiddenSize = hiddenSize;
        _heads = hyperparameters.Heads(layers) ?? new int[layers];
        _keyValueHeads = hyperparameters.KeyValueHeads(layers) ?? _heads;

        // Layers that draft see everything.
        var drafts = hyperparameters.DraftLayers;
        _windows = [.. GgufSlidingWindows.Read(hyperparameters, layers - drafts), .. new int?[drafts]];
        _ownKeyValueLayers = layers - (hyperparameters.Dimension("attention.shared_kv_layers") ?? 0);
    }

    /// <summary>The attention of a layer; null where it has none.</summary>
    /// <param name="layer">The layer.</param>
    public TokenMixer? Read(GgufLayer layer)
    {
        // Latent attention has a query projection too, and a cache of its own kind.
        var isRecurrent = layer.HasAny("ssm_conv1d");
        var isGrouped = layer.Has("attn_q") || (layer.Has("attn_qkv") && !isRecurrent);
        return layer.Has("attn_kv_a_mqa") ? Latent(layer) : isGrouped ? Grouped(layer) : null;
    }

    // Files from before the cache held latents have the lengths of a head under the plain names.
    private LatentAttention? Latent(GgufLayer layer)
    {
        if (_hyperparameters.Dimension("attention.kv_lora_rank") is not { } rank
            || _hyperparameters.Dimension("rope.dimension_count") is not { } rotary
            || LatentHeadSize("key_length") is not { } keySize
            || LatentHeadSize("value_length") is not { } valueSize
            || keySize <= rotary)
        {
            return null;
        }

        return new LatentAttention
        {
            HiddenSize = _hiddenSize,
            Heads = _heads[layer.Index],
            QueryLoraRank = layer.RowsOf("attn_q_a"),
            KeyValueLoraRank = rank,
            QkNopeHeadSize = keySize - rotary,
            QkRopeHeadSize = rotary,
            ValueHeadSize = valueSize,
            Indexer = layer.HasAny("indexer.") ? Indexer() : null,
        };
    }

    private int? LatentHeadSize(string key)
    {
        return _hyperparameters.Dimension($"attention.{key}_mla") ?? _hyperparameters.Dimension($"attention.{key}");
    }

    private SparseIndexer? Indexer()
    {
        return _hyperparameters.Dimension("attention.indexer.head_count") is { } heads
            && _hyperparameters.Dimension("attention.indexer.key_length") is { } headSize
            && _hyperparameters.Dimension("attention.indexer.top_k") is { } topK
            ? new SparseIndexer(heads, headSize, topK)
            : null;
    }

    private GroupedQueryAttention? Grouped(GgufLayer layer)
    {
        var (heads, window) = (_heads[layer.Index], _windows[layer.Index]);
        if (heads == 0 || HeadSize("key_length", window) is not { } headSize)
        {
            return null;
        }

        return new GroupedQueryAttention
        {
            HiddenSize = _hiddenSize,
            Heads = heads,
            KeyValueHeads = _keyValueHeads[layer.Index],
            HeadSize = headSize,
            ValueHeadSize = HeadSize("value_length", window),
            Window = window,
            IsChunked = window is not null && _hyperparameters.Architecture == "llama4",
            HasSinks = layer.Has("attn_sinks"),
            HasOutputGate = layer.RowsOf("attn_q") == 2L * heads * headSize,
            ValueIsKey = !layer.Has("attn_v") && !layer.Has("attn_qkv") && layer.Has("attn_k"),
            SharesKeyValueOf = SharedLayer(layer.Index, window is not null),
        };
    }

    // Layers with a window may have heads of another width (Gemma 4, Step 3.5).
    private int? HeadSize(string key, int? window)
    {
        return (window is null ? null : _hyperparameters.Dimension($"attention.{key}_swa"))
            ?? _hyperparameters.Dimension($"attention.{key}")
            ?? (_heads.FirstOrDefault(heads => heads > 0) is > 0 and var some ? _hiddenSize / some : null);
    }

    // The last layer with keys and values of its own sees everything, and the one before it has the window.
    private int? SharedLayer(int index, bool slides)
    {
        return index >= _ownKeyValueLayers ? _ownKeyValueLayers - (slides ? 2 : 1) : null;
    }
}
