using LlmMemory.Estimation.Serving.Ggml;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Projections;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// A feed-forward network that every token passes: the dense one of a layer, or its shared experts. Source:
/// ggml-org/llama.cpp v0.5.0, src/llama-graph.cpp (build_ffn).
/// </summary>
internal sealed class DenseNetwork
{
    private readonly GraphLayer _layer;

    /// <summary>Prepares a network.</summary>
    /// <param name="layer">The layer.</param>
    public DenseNetwork(GraphLayer layer)
    {
        _layer = layer;
    }

    /// <summary>What the names of its tensors end with: nothing, or _shexp.</summary>
    public string Ending { get; init; } = string.Empty;

    /// <summary>True where a network without a gate squares what it activates.</summary>
    public bool SquaresActivation { get; init; }

    /// <summary>The network.</summary>
    /// <param name="x">The hidden states.</param>
    /// <param name="width">The width inside.</param>
    public GraphTensor Build(GraphTensor x, long width)
    {
        return Project(_layer, "ffn_down" + Ending, Inner(x, width), x.Shape.First);
    }

    /// <summary>A network whose gate and up projection are one matrix (Phi-3, GLM-4).</summary>
    /// <param name="x">The hidden states.</param>
    /// <param name="width">The width inside.</param>
    public GraphTensor BuildFused(GraphTensor x, long width)
    {
        return Project(_layer, "ffn_down", GatedUnit(Project(_layer, "ffn_up", x, 2 * width)), x.Shape.First);
    }

    private GraphTensor Inner(GraphTensor x, long width)
    {
        var up = Project(_layer, "ffn_up" + Ending, x, width);
        return _layer.Has($"ffn_gate{Ending}.weight") ? GatedUnit(Project(_layer, "ffn_gate" + Ending, x, width), up) : Activated(up);
    }

    private GraphTensor Activated(GraphTensor up)
    {
        return SquaresActivation ? Elementwise(GraphOperation.Square, Unary(up)) : Unary(up);
    }
}
