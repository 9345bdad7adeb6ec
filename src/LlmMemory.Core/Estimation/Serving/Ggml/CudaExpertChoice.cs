using System.Collections.Generic;

namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>
/// The nodes that CUDA chooses experts with in one kernel: scores, their order, the weights of the first of them, and
/// where there is one, the normalisation and the scale of these. Source: ggml-org/llama.cpp v0.5.0,
/// ggml/src/ggml-cuda/ggml-cuda.cu (ggml_cuda_topk_moe_fusion) and topk-moe.cu (ggml_cuda_should_use_topk_moe).
/// </summary>
internal static class CudaExpertChoice
{
    private const long MaxExperts = 512;

    private static readonly GraphOperation[] Choice =
    [
        GraphOperation.ArgSort, GraphOperation.View, GraphOperation.GetRows,
    ];

    private static readonly GraphOperation[] Normalisation =
    [
        GraphOperation.Reshape, GraphOperation.SumRows, GraphOperation.Clamp, GraphOperation.Divide, GraphOperation.Reshape,
    ];

    /// <summary>How many nodes belong to a choice that starts at a node; 0 where none does.</summary>
    /// <param name="nodes">The nodes of a graph.</param>
    /// <param name="first">The node.</param>
    /// <param name="end">The node after the last of the split.</param>
    public static int CountAt(IReadOnlyList<GraphTensor> nodes, int first, int end)
    {
        var count = CountAt(nodes, first);
        return first + count <= end ? count : 0;
    }

    private static int CountAt(IReadOnlyList<GraphTensor> nodes, int first)
    {
        var next = AfterScores(nodes, first);
        if (next == 0 || !IsAt(nodes, next, GraphOperation.Reshape) || nodes[next].Operands[0] != nodes[next - 1])
        {
            return 0;
        }

        var scores = nodes[next - 1];
        next++;
        if (IsAt(nodes, next, GraphOperation.Add) && nodes[next].Operands[0] == scores)
        {
            scores = nodes[next];
            next++;
        }

        if (!AreAt(nodes, next, Choice) || nodes[next].Operands[0] != scores || !IsSupported(scores.Shape.First))
        {
            return 0;
        }

        next += Choice.Length;
        next += AreAt(nodes, next, Normalisation) ? Normalisation.Length : 0;
        next += IsAt(nodes, next, GraphOperation.Scale) && nodes[next].Operands[0] == nodes[next - 1] ? 1 : 0;
        return next - first;
    }

    private static int AfterScores(IReadOnlyList<GraphTensor> nodes, int first)
    {
        return nodes[first].Operation switch
        {
            GraphOperation.SoftMax when nodes[first].Operands.Length == 1 => first + 1,
            GraphOperation.Sigmoid => first + 1,
            GraphOperation.Softplus when IsAt(nodes, first + 1, GraphOperation.SquareRoot) => first + 2,
            _ => 0,
        };
    }

    private static bool IsSupported(long experts)
    {
        return (experts <= MaxExperts && (experts & (experts - 1)) == 0) || experts is 288 or 576;
    }

    private static bool AreAt(IReadOnlyList<GraphTensor> nodes, int index, GraphOperation[] operations)
    {
        for (var i = 0; i < operations.Length; i++)
        {
            if (!IsAt(nodes, index + i, operations[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAt(IReadOnlyList<GraphTensor> nodes, int index, GraphOperation operation)
    {
        return index < nodes.Count && nodes[index].Operation == operation;
    }
}
