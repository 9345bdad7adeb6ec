using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.Ggml.GraphViews;
using static LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Projections;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// Latent attention with the key projection absorbed into the queries: all heads meet one latent key, and the latent is
/// the value too. Source: ggml-org/llama.cpp v0.5.0, src/models/deepseek2.cpp (is_mla) and src/llama-graph.cpp
/// (build_attn for llm_graph_input_attn_k, build_attn_mha with v_mla).
/// </summary>
internal sealed class LatentCore
{
    private readonly GraphScope _scope;
    private readonly GraphLayer _layer;
    private readonly LatentAttention _attention;

    /// <summary>Prepares attention.</summary>
    /// <param name="scope">The graph.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="attention">The dimensions.</param>
    public LatentCore(GraphScope scope, GraphLayer layer, LatentAttention attention)
    {
        _scope = scope;
        _layer = layer;
        _attention = attention;
    }

    private long Latent => _attention.KeyValueLoraRank;

    private GraphContext Context => _scope.Context;

    /// <summary>The attention.</summary>
    /// <param name="x">The hidden states.</param>
    /// <param name="positions">The positions of the tokens; null for heads without any.</param>
    public GraphTensor Build(GraphTensor x, GraphTensor? positions)
    {
        var queries = Queries(x, positions);
        var (keys, latent) = KeysAndValues(x, positions);
        _scope.Append(queries);
        _scope.Append(latent);
        _scope.Append(keys);
        var cache = new LayerCache(_layer, Context.KeyType, _attention.CacheElements, _scope.FullCache.Cells * Context.Streams);
        _scope.Append(KeyValueStore.Keys(cache.Tensor, keys, _scope.FullCache.KeyRows));
        var shape = new GraphShape(_attention.CacheElements, 1, _scope.FullCache.Cells, Context.Streams);
        var (cached, values) = (SwapHeads(cache.View(shape)), SwapHeads(cache.Start(shape, Latent)));
        var result = _scope.Append(Context.FlashAttention ? Fused(queries, cached, values) : StepByStep(queries, cached, values));
        return Project(_layer, "attn_output", result, x.Shape.First);
    }

    private GraphTensor Queries(GraphTensor x, GraphTensor? positions)
    {
        var headSize = _attention.QkNopeHeadSize + _attention.QkRopeHeadSize;
        var width = (long)_attention.Heads * headSize;
        var flat = _layer.Has("attn_q.weight")
            ? Linear(_layer.Weight("attn_q.weight"), x, width)
            : Linear(
                _layer.Weight("attn_q_b.weight"),
                RmsNorm(_layer, "attn_q_a_norm", Linear(_layer.Weight("attn_q_a.weight"), x, _attention.QueryLoraRank!.Value)),
                width);
        var heads = Reshape(flat, new GraphShape(headSize, _attention.Heads, x.Shape.Second));
        var plain = SwapHeads(Slice(heads, heads.Shape.WithFirst(_attention.QkNopeHeadSize)));
        var rotary = Rotated(Slice(heads, heads.Shape.WithFirst(_attention.QkRopeHeadSize)), positions);
        var absorbed = SwapHeads(Linear(_layer.Weight("attn_k_b.weight"), plain, Latent));
        return Concat(absorbed, rotary);
    }

    private (GraphTensor Keys, GraphTensor Values) KeysAndValues(GraphTensor x, GraphTensor? positions)
    {
        var tokens = x.Shape.Second;
        var both = Linear(_layer.Weight("attn_kv_a_mqa.weight"), x, _attention.CacheElements);
        var rotary = Rotated(Slice(both, new GraphShape(_attention.QkRopeHeadSize, 1, tokens)), positions);
        var normalised = RmsNorm(_layer, "attn_kv_a_norm", Slice(both, new GraphShape(Latent, tokens)));
        var latent = Reshape(normalised, new GraphShape(Latent, 1, tokens));
        return (Concat(latent, rotary), latent);
    }

    private static GraphTensor Rotated(GraphTensor x, GraphTensor? positions)
    {
        return positions is null ? x : Rope(x, positions);
    }

    private GraphTensor Fused(GraphTensor queries, GraphTensor keys, GraphTensor values)
    {
        var result = FusedAttention.Build(
            Context, SwapHeads(SplitIntoStreams(queries)), keys, values, _scope.FullCache.Mask, sinks: null, valuesAreKeys: true);
        var decompressed = SwapHeads(Linear(_layer.Weight("attn_v_b.weight"), SwapHeads(result), _attention.ValueHeadSize));
        return Reshape(Contiguous(decompressed), new GraphShape((long)_attention.Heads * _attention.ValueHeadSize, Context.Tokens));
    }

    private GraphTensor StepByStep(GraphTensor queries, GraphTensor keys, GraphTensor values)
    {
        var scores = MatMul(keys, SwapHeads(SplitIntoStreams(queries)));
        var weights = Of(GraphOperation.SoftMax, scores.Shape, scores, _scope.FullCache.Mask);
        var transposed = Contiguous(Transpose(values), CachedElement());
        var gathered = Linear(_layer.Weight("attn_v_b.weight"), MatMul(transposed, weights), _attention.ValueHeadSize);
        return Contiguous(SwapHeads(gathered), new GraphShape((long)_attention.Heads * _attention.ValueHeadSize, Context.Tokens));
    }

    // The latent is copied as it is cached; a quantised one cannot be transposed, and llama.cpp refuses it earlier.
    private GraphElement CachedElement()
    {
        return Context.KeyType.BlockCodeBits == 16 ? GraphElement.F16 : GraphElement.F32;
    }

    private GraphTensor SplitIntoStreams(GraphTensor queries)
    {
        var streams = Context.Streams;
        return View(queries, new GraphShape(queries.Shape.First, queries.Shape.Second, Context.Tokens / streams, streams));
    }
}
