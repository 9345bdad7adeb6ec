using System;
using LlmMemory.Estimation.Serving.Ggml;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.Ggml.GraphViews;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// A state that sequences carry in a buffer of its own: one kind of one layer. Source: ggml-org/llama.cpp v0.5.0,
/// src/llama-graph.cpp (build_rs).
/// </summary>
internal sealed class RecurrentState
{
    private readonly GraphScope _scope;
    private readonly GraphTensor _memory;
    private readonly long _elements;

    /// <summary>Prepares a state.</summary>
    /// <param name="scope">The graph.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="elements">The elements of one sequence.</param>
    public RecurrentState(GraphScope scope, GraphLayer layer, long elements)
    {
        _scope = scope;
        _elements = elements;
        var bytes = GraphElement.F32.Bytes() * elements * scope.Context.Sequences;
        _memory = Outside(layer.CacheDevice, bytes, bytes);
    }

    /// <summary>The states of the sequences of the micro batch, a row each.</summary>
    public GraphTensor Read()
    {
        return Read((states, used) => GetRows(states, used));
    }

    /// <summary>What reads the states of the sequences of the micro batch by itself.</summary>
    /// <param name="reader">Makes it, of all states and of the numbers of those that are used.</param>
    public GraphTensor Read(Func<GraphTensor, GraphTensor, GraphTensor> reader)
    {
        var inputs = _scope.States;
        var states = Reshape(_memory, new GraphShape(_elements, _scope.Context.Sequences));
        var cleared = View(states, new GraphShape(0));
        _scope.Append(Into(GraphOperation.Scale, cleared, cleared));
        var read = _scope.Append(reader(states, inputs.Used));
        _scope.Append(Copy(GetRows(states, inputs.LeftOver), View(_memory, new GraphShape(_elements, 0))));
        return read;
    }

    /// <summary>Puts the states that the sequences are left with into the buffer.</summary>
    /// <param name="states">The states, a view of a result.</param>
    public void Write(GraphTensor states)
    {
        _scope.Append(Copy(states, View(_memory, new GraphShape(_elements, _scope.Context.Sequences))));
    }
}
