using LlmMemory.Estimation.Serving.Ggml;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.Ggml.GraphViews;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// Which state each sequence of a micro batch goes on with. The graph is reserved for all sequences, so that no state
/// is left over to be moved. Source: ggml-org/llama.cpp v0.5.0, src/llama-graph.cpp (build_rs_inp_impl).
/// </summary>
internal sealed class StateInputs
{
    /// <summary>Makes the inputs.</summary>
    /// <param name="context">What the graph is reserved for.</param>
    public StateInputs(GraphContext context)
    {
        var all = Input(GraphElement.I32, new GraphShape(context.Sequences));
        Used = View(all, new GraphShape(context.Sequences));
        LeftOver = View(all, new GraphShape(0));
    }

    /// <summary>The states that the sequences go on with.</summary>
    public GraphTensor Used { get; }

    /// <summary>The states that only move.</summary>
    public GraphTensor LeftOver { get; }
}
