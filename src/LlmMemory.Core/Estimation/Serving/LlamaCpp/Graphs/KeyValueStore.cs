using LlmMemory.Estimation.Serving.Ggml;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.Ggml.GraphViews;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// Puts the keys and values of a micro batch into their cache. Source: ggml-org/llama.cpp v0.5.0,
/// src/llama-kv-cache.cpp (cpy_k, cpy_v).
/// </summary>
internal static class KeyValueStore
{
    /// <summary>Keys, or values where attention is fused: a row for each token.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="x">[head size, heads, tokens].</param>
    /// <param name="rows">Where each token goes.</param>
    public static GraphTensor Keys(GraphTensor cache, GraphTensor x, GraphTensor rows)
    {
        return SetRows(cache, View(x, new GraphShape(x.Shape.First * x.Shape.Second, x.Shape.Third)), rows);
    }

    /// <summary>Values where attention is not fused: a row for each element.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="x">[head size, heads, tokens].</param>
    /// <param name="rows">Where each element goes.</param>
    /// <param name="widths">The widths of all layers, to the largest of which each is padded.</param>
    public static GraphTensor Transposed(GraphTensor cache, GraphTensor x, GraphTensor rows, CacheWidths widths)
    {
        var tokens = new GraphShape(x.Shape.First * x.Shape.Second, x.Shape.Third);
        var flat = x.IsStrided ? Contiguous(x, tokens) : Reshape(x, tokens);
        if (tokens.First < widths.LargestValue)
        {
            flat = Of(GraphOperation.Pad, tokens.WithFirst(widths.LargestValue), flat);
        }

        return SetRows(Reshape(cache, default), Reshape(flat, new GraphShape(1, flat.Shape.Elements)), rows);
    }
}
