using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.Ggml.GraphViews;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// Attention from queries, keys and values to what each token has gathered: keys and values go into the cache, and the
/// queries meet all of it. Source: ggml-org/llama.cpp v0.5.0, src/llama-graph.cpp (build_attn, build_attn_mha).
/// </summary>
internal sealed class AttentionCore
{
    private readonly GraphScope _scope;
    private readonly CacheInputs _cache;
    private readonly GraphLayer _layer;
    private readonly GroupedQueryAttention _attention;

    /// <summary>Prepares attention.</summary>
    /// <param name="scope">The graph.</param>
    /// <param name="cache">The cache's inputs.</param>
    /// <param name="layer">The layer.</param>
    public AttentionCore(GraphScope scope, CacheInputs cache, GraphLayer layer)
    {
        _scope = scope;
        _cache = cache;
        _layer = layer;
        _attention = layer.Attention!;
    }

    /// <summary>True where values join the graph before keys: in caches without a sliding sister.</summary>
    public bool StoresValuesFirst { get; init; } = true;

    /// <summary>True where scores are held between bounds, which takes operations of its own where attention is not fused.</summary>
    public bool HasSoftcap { get; init; }

    private int ValueHeadSize => _attention.ValueHeadSize ?? _attention.HeadSize;

    private GraphContext Context => _scope.Context;

    /// <summary>The attention.</summary>
    /// <param name="queries">[head size, heads, tokens].</param>
    /// <param name="keys">[head size, key heads, tokens]; null where the layer reads the cache of another one.</param>
    /// <param name="values">[value head size, key heads, tokens]; null as the keys.</param>
    /// <returns>[heads x value head size, tokens].</returns>
    public GraphTensor Build(GraphTensor queries, GraphTensor? keys, GraphTensor? values)
    {
        queries = CacheRotation.Turn(queries, _cache.KeyRotation);
        keys = keys is null ? null : CacheRotation.Turn(keys, _cache.KeyRotation);
        values = values is null ? null : CacheRotation.Turn(values, _cache.ValueRotation);
        _scope.Append(queries);
        AppendInOrder(keys, values);
        var (keyCache, valueCache) = Store(keys, values);
        var result = _scope.Append(Context.FlashAttention
            ? Fused(queries, keyCache, valueCache)
            : StepByStep(queries, keyCache, valueCache));
        return CacheRotation.Turn(result, _cache.ValueRotation);
    }

    private void AppendInOrder(GraphTensor? keys, GraphTensor? values)
    {
        var (first, second) = StoresValuesFirst ? (values, keys) : (keys, values);
        if (first is not null)
        {
            _scope.Append(first);
        }

        if (second is not null)
        {
            _scope.Append(second);
        }
    }

    private (LayerCache Keys, LayerCache Values) Store(GraphTensor? keys, GraphTensor? values)
    {
        var cells = _cache.Cells * Context.Streams;
        var keyCache = new LayerCache(_layer, Context.KeyType, (long)_attention.KeyValueHeads * _attention.HeadSize, cells);
        var valueCache = new LayerCache(_layer, Context.ValueType, (long)_attention.KeyValueHeads * ValueHeadSize, cells);
        if (keys is not null)
        {
            _scope.Append(KeyValueStore.Keys(keyCache.Tensor, keys, _cache.KeyRows));
        }

        if (values is not null)
        {
            _scope.Append(Context.FlashAttention
                ? KeyValueStore.Keys(valueCache.Tensor, values, _cache.ValueRows)
                : KeyValueStore.Transposed(valueCache.Tensor, values, _cache.ValueRows, _scope.Widths));
        }

        return (keyCache, valueCache);
    }

    private GraphTensor Fused(GraphTensor queries, LayerCache keyCache, LayerCache valueCache)
    {
        var keys = SwapHeads(keyCache.View(KeyShape));
        var values = SwapHeads(valueCache.View(KeyShape.WithFirst(ValueHeadSize)));
        var split = SwapHeads(SplitIntoStreams(queries));
        var result = FusedAttention.Build(Context, split, keys, values, _cache.Mask, _layer.WeightIfAny("attn_sinks.weight"));
        return Reshape(result, new GraphShape(ValueHeadSize * (long)_attention.Heads, Context.Tokens));
    }

    private GraphTensor StepByStep(GraphTensor queries, LayerCache keyCache, LayerCache valueCache)
    {
        var keys = SwapHeads(keyCache.View(KeyShape));
        var values = SwapHeads(valueCache.View(new GraphShape(_cache.Cells, _attention.KeyValueHeads, ValueHeadSize, Context.Streams)));
        var scores = Bounded(MatMul(keys, SwapHeads(SplitIntoStreams(queries))));
        var weights = _layer.WeightIfAny("attn_sinks.weight") is { } sinks
            ? Of(GraphOperation.SoftMax, scores.Shape, scores, _cache.Mask, sinks)
            : Of(GraphOperation.SoftMax, scores.Shape, scores, _cache.Mask);
        var gathered = SwapHeads(MatMul(values, weights));
        return Contiguous(gathered, new GraphShape(ValueHeadSize * (long)_attention.Heads, Context.Tokens));
    }

    private GraphShape KeyShape => new(_attention.HeadSize, _attention.KeyValueHeads, _cache.Cells, Context.Streams);

    private GraphTensor SplitIntoStreams(GraphTensor queries)
    {
        var streams = Context.Streams;
        return View(queries, new GraphShape(queries.Shape.First, queries.Shape.Second, Context.Tokens / streams, streams));
    }

    private GraphTensor Bounded(GraphTensor scores)
    {
        return HasSoftcap ? Scale(Unary(Scale(scores))) : scores;
    }
}
