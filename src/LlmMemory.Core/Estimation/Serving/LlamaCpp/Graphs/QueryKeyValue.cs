using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphViews;
using static LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Projections;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>Queries, keys and values of a layer, [head size, heads, tokens] each.</summary>
/// <param name="Queries">The queries.</param>
/// <param name="Keys">The keys.</param>
/// <param name="Values">The values.</param>
internal sealed record QueryKeyValue(GraphTensor Queries, GraphTensor Keys, GraphTensor Values)
{
    /// <summary>
    /// Projects hidden states: with three matrices, or with one. Source: ggml-org/llama.cpp v0.5.0,
    /// src/llama-graph.cpp (build_qkv).
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="attention">The dimensions.</param>
    /// <param name="x">The hidden states.</param>
    public static QueryKeyValue Of(GraphLayer layer, GroupedQueryAttention attention, GraphTensor x)
    {
        var tokens = x.Shape.Second;
        var queries = new GraphShape(attention.HeadSize, attention.Heads, tokens);
        var keys = new GraphShape(attention.HeadSize, attention.KeyValueHeads, tokens);
        var values = new GraphShape(attention.ValueHeadSize ?? attention.HeadSize, attention.KeyValueHeads, tokens);
        if (layer.Has("attn_qkv.weight"))
        {
            var all = Project(layer, "attn_qkv", x, Width(queries) + Width(keys) + Width(values));
            return new QueryKeyValue(Slice(all, queries), Slice(all, keys), Slice(all, values));
        }

        return new QueryKeyValue(
            Reshape(Project(layer, "attn_q", x, Width(queries)), queries),
            Reshape(Project(layer, "attn_k", x, Width(keys)), keys),
            Reshape(Project(layer, "attn_v", x, Width(values)), values));
    }

    /// <summary>
    /// Projects hidden states, and normalises all heads of the queries together, and of the keys. Source:
    /// ggml-org/llama.cpp v0.5.0, src/models/olmo2.cpp.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="attention">The dimensions.</param>
    /// <param name="x">The hidden states.</param>
    public static QueryKeyValue NormalisedAcrossHeads(GraphLayer layer, GroupedQueryAttention attention, GraphTensor x)
    {
        var queries = new GraphShape(attention.HeadSize, attention.Heads, x.Shape.Second);
        var keys = new GraphShape(attention.HeadSize, attention.KeyValueHeads, x.Shape.Second);
        return new QueryKeyValue(
            Reshape(RmsNorm(layer, "attn_q_norm", Project(layer, "attn_q", x, Width(queries))), queries),
            Reshape(RmsNorm(layer, "attn_k_norm", Project(layer, "attn_k", x, Width(keys))), keys),
            Reshape(Project(layer, "attn_v", x, Width(keys)), keys));
    }

    private static long Width(GraphShape heads)
    {
        return heads.First * heads.Second;
    }
}
