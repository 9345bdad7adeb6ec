using System.Collections.Generic;

namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>
/// Tensors that a device needs until a later node than the one that computes with them last, because it fuses what
/// lies between. Source: ggml-org/llama.cpp v0.5.0, ggml/src/ggml-backend.cpp (add_alloc_dep).
/// </summary>
internal sealed class KeptTensors
{
    private readonly Dictionary<GraphTensor, List<GraphTensor>> _kept = [];
    private readonly List<GraphTensor> _nothing = [];

    /// <summary>Keeps a tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="until">The node until which it is needed.</param>
    public void Add(GraphTensor tensor, GraphTensor until)
    {
        if (!_kept.TryGetValue(until, out var tensors))
        {
            _kept.Add(until, tensors = []);
        }

        if (!tensors.Contains(tensor))
        {
            tensors.Add(tensor);
        }
    }

    /// <summary>What is needed until a node; nothing for most.</summary>
    /// <param name="node">The node.</param>
    public List<GraphTensor> Until(GraphTensor node)
    {
        return _kept.Count > 0 && _kept.TryGetValue(node, out var tensors) ? tensors : _nothing;
    }
}
