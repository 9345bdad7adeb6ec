using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Estimation.Serving.LlamaCpp.Compute;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// What the parts of a graph share: the model, the context, the graph itself and the inputs that all layers read.
/// Source: ggml-org/llama.cpp v0.5.0, src/llama-graph.cpp (llm_graph_context).
/// </summary>
internal sealed class GraphScope
{
    private CacheInputs? _fullCache;
    private CacheInputs? _slidingCache;
    private StateInputs? _states;

    /// <summary>Starts a graph.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="repeated">The layers that are left out; null where all are planned.</param>
    public GraphScope(ComputeRequest request, RepeatedLayers? repeated)
    {
        var model = request.Model;
        Model = model;
        Context = new GraphContext(request);
        Weights = new GraphWeights(request);
        Layers = [.. model.Layers.Where((_, i) => repeated?.Keeps(i) != false).Select(layer => new GraphLayer(layer, Weights, Context))];
        Repeated = repeated;
        OutputRows = Input(GraphElement.I32, new GraphShape(Context.Outputs));
        Widths = new CacheWidths([.. model.Layers.Select(layer => layer.Attention).OfType<GroupedQueryAttention>()]);
    }

    /// <summary>The model.</summary>
    public LlamaCppModel Model { get; }

    /// <summary>What the graph is reserved for.</summary>
    public GraphContext Context { get; }

    /// <summary>The layers.</summary>
    public IReadOnlyList<GraphLayer> Layers { get; }

    /// <summary>The layers that are left out; null where all are planned.</summary>
    public RepeatedLayers? Repeated { get; }

    /// <summary>The weights.</summary>
    public GraphWeights Weights { get; }

    /// <summary>The graph so far.</summary>
    public ComputeGraph Graph { get; } = new();

    /// <summary>The rows that logits are computed for.</summary>
    public GraphTensor OutputRows { get; }

    /// <summary>The widths of the model's caches.</summary>
    public CacheWidths Widths { get; }

    /// <summary>What layers that see everything read and write their cache by.</summary>
    public CacheInputs FullCache => _fullCache ??= new CacheInputs(Context, Context.Cells, Widths);

    /// <summary>What layers that see a window read and write their cache by.</summary>
    public CacheInputs SlidingCache => _slidingCache ??= new CacheInputs(Context, Context.SlidingCells, Widths);

    /// <summary>What recurrent layers find their states by.</summary>
    public StateInputs States => _states ??= new StateInputs(Context);

    /// <summary>True for the last layer, which goes on with the rows that logits are computed for.</summary>
    /// <param name="layer">The layer.</param>
    public bool IsLast(GraphLayer layer)
    {
        return layer.Index == Model.Layers.Count - 1;
    }

    /// <summary>Puts a tensor, and what it needs, into the graph.</summary>
    /// <param name="tensor">The tensor.</param>
    public GraphTensor Append(GraphTensor tensor)
    {
        Graph.Append(tensor);
        return tensor;
    }
}
