using LlmMemory.Estimation.Serving.Ggml;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// What a cache is read and written by: the rows that new keys and values go to, the mask, and the rotations that a
/// quantised cache is kept in. Source: ggml-org/llama.cpp v0.5.0, src/llama-graph.cpp (build_attn_inp_kv,
/// build_attn_inp_kq_mask) and src/llama-kv-cache.cpp (build_input_*).
/// </summary>
internal sealed class CacheInputs
{
    /// <summary>Makes the inputs of a cache.</summary>
    /// <param name="context">What the graph is reserved for.</param>
    /// <param name="cells">The cells of one stream.</param>
    /// <param name="widths">The widths of keys and values.</param>
    public CacheInputs(GraphContext context, long cells, CacheWidths widths)
    {
        Cells = cells;
        KeyRows = Input(GraphElement.I64, new GraphShape(context.Tokens));

        // Without fused attention the values lie transposed, and every element has a row of its own.
        var valueRows = context.FlashAttention ? context.Tokens : context.Tokens * widths.LargestValue;
        ValueRows = Input(GraphElement.I64, new GraphShape(valueRows));
        var mask = context.FlashAttention ? GraphElement.F16 : GraphElement.F32;
        Mask = Input(mask, new GraphShape(cells, context.Tokens / context.Streams, 1, context.Streams));
        KeyRotation = CacheRotation.OfKeys(context.KeyType, widths.KeyHeadSize);
        ValueRotation = CacheRotation.OfValues(context.ValueType, widths.ValueHeadSize);
    }

    /// <summary>The cells of one stream.</summary>
    public long Cells { get; }

    /// <summary>The rows that new keys go to.</summary>
    public GraphTensor KeyRows { get; }

    /// <summary>The rows that new values go to.</summary>
    public GraphTensor ValueRows { get; }

    /// <summary>Which cells each token sees.</summary>
    public GraphTensor Mask { get; }

    /// <summary>The matrix that keys and queries are turned by; null where they are not.</summary>
    public GraphTensor? KeyRotation { get; }

    /// <summary>The matrix that values are turned by, and results turned back; null where they are not.</summary>
    public GraphTensor? ValueRotation { get; }
}
