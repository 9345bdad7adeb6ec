using System.Collections.Generic;

namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>
/// The nodes of a graph in the order in which they are computed, and its inputs. Source: ggml-org/llama.cpp v0.5.0,
/// ggml/src/ggml.c (ggml_build_forward_expand).
/// </summary>
internal sealed class ComputeGraph
{
    private readonly List<GraphTensor> _nodes = new(4096);
    private readonly List<GraphTensor> _inputs = [];

    /// <summary>What is computed, in order.</summary>
    public IReadOnlyList<GraphTensor> Nodes => _nodes;

    /// <summary>What is filled in before, in the order of first use.</summary>
    public IReadOnlyList<GraphTensor> Inputs => _inputs;

    /// <summary>Appends a tensor, after everything that it needs and that is not in the graph yet.</summary>
    /// <param name="tensor">The tensor.</param>
    public void Append(GraphTensor tensor)
    {
        if (tensor.IsVisited)
        {
            return;
        }

        tensor.IsVisited = true;
        foreach (var operand in tensor.Operands)
        {
            Append(operand);
        }

        if (tensor.Operation != GraphOperation.None)
        {
            _nodes.Add(tensor);
        }
        else if (tensor.IsInput)
        {
            _inputs.Add(tensor);
        }
    }
}
