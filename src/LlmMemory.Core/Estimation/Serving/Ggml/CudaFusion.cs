using System;
using System.Collections.Generic;

namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>
/// What CUDA fuses in a mixture of experts, and therefore keeps: the choice of the experts, from their scores to their
/// weights, and the weighted sum of what they give. Source: ggml-org/llama.cpp v0.5.0, ggml/src/ggml-cuda/ggml-cuda.cu
/// (ggml_backend_cuda_graph_optimize, ggml_cuda_match_moe_weighted_reduction).
/// </summary>
internal sealed class CudaFusion
{
    private const int MaxSummedExperts = 15;

    private readonly IReadOnlyList<GraphTensor> _nodes;
    private readonly int _end;
    private readonly KeptTensors _kept;

    private CudaFusion(IReadOnlyList<GraphTensor> nodes, int end, KeptTensors kept)
    {
        _nodes = nodes;
        _end = end;
        _kept = kept;
    }

    /// <summary>Finds what is kept in a split.</summary>
    /// <param name="nodes">The nodes of the graph.</param>
    /// <param name="start">The first node of the split.</param>
    /// <param name="end">The node after its last.</param>
    /// <param name="kept">Takes what is kept.</param>
    public static void Find(IReadOnlyList<GraphTensor> nodes, int start, int end, KeptTensors kept)
    {
        var fusion = new CudaFusion(nodes, end, kept);
        var i = start;
        while (i < end)
        {
            i += Math.Max(1, fusion.KeepSum(i) + fusion.KeepChoice(i));
        }
    }

    // The experts' outputs times their weights, a view for each expert, and the sum of the views.
    private int KeepSum(int first)
    {
        var weighted = _nodes[first];
        var experts = weighted.Shape.Second;
        if (weighted.Operation != GraphOperation.Multiply || experts is < 2 or > MaxSummedExperts || !IsWeighted(weighted))
        {
            return 0;
        }

        var count = (int)(2 * experts);
        if (first + count > _end || !IsSum(first, (int)experts))
        {
            return 0;
        }

        var sum = _nodes[first + count - 1];
        _kept.Add(weighted.Operands[0], sum);
        _kept.Add(weighted.Operands[1], sum);
        return count;
    }

    private static bool IsWeighted(GraphTensor product)
    {
        return product.Operands.Length == 2
            && product.Operands[0].Shape.Equals(product.Shape)
            && product.Operands[1].Shape.Equals(product.Shape.WithFirst(1));
    }

    private bool IsSum(int first, int experts)
    {
        for (var i = 1; i <= experts; i++)
        {
            if (_nodes[first + i].Operation != GraphOperation.View || _nodes[first + i].Origin != _nodes[first])
            {
                return false;
            }
        }

        for (var i = experts + 1; i < 2 * experts; i++)
        {
            if (_nodes[first + i].Operation != GraphOperation.Add)
            {
                return false;
            }
        }

        return true;
    }

    // Everything from the scores to the weights is kept until the node that follows.
    private int KeepChoice(int first)
    {
        var count = CudaExpertChoice.CountAt(_nodes, first, _end);
        if (count == 0 || first + count >= _end)
        {
            return 0;
        }

        var until = _nodes[first + count];
        for (var i = first; i < first + count; i++)
        {
            _kept.Add(_nodes[i], until);
            foreach (var operand in _nodes[i].Operands)
            {
                _kept.Add(operand, until);
            }
        }

        return count;
    }
}
