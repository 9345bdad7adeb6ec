using System.Collections.Generic;

namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>
/// Gives each tensor of a graph its place: inputs first, then node by node. A result takes the place of an operand that
/// dies there where it can, and a place is given back once nobody waits for it. Source: ggml-org/llama.cpp v0.5.0,
/// ggml/src/ggml-alloc.c (ggml_gallocr_alloc_graph_impl).
/// </summary>
internal static class GraphAllocator
{
    /// <summary>Plans the buffers.</summary>
    /// <param name="inputs">The inputs, in order, and the buffers that they belong to.</param>
    /// <param name="steps">The nodes, in order, and the buffers that they belong to.</param>
    /// <param name="rounds">Is told of the end of each round of layers.</param>
    public static void Allocate(IReadOnlyList<AllocationStep> inputs, IReadOnlyList<AllocationStep> steps, BufferRounds rounds)
    {
        foreach (var input in inputs)
        {
            Place(input.Node, input.Buffer);
        }

        foreach (var step in steps)
        {
            CountUses(step.Node);
        }

        foreach (var step in steps)
        {
            Place(step.Node, step.Buffer);
            ReleaseOperands(step.Node);
            if (step.Node.EndsRound)
            {
                rounds.End(step.Node);
            }
        }
    }

    // What only keeps others alive (an operation of None) is no view that anything waits for.
    private static void CountUses(GraphTensor node)
    {
        if (node is { Origin: { } origin, Operation: not GraphOperation.None })
        {
            origin.Views++;
        }

        foreach (var operand in node.Operands)
        {
            operand.Children++;
        }
    }

    private static void Place(GraphTensor node, BufferPlan buffer)
    {
        if (node.IsAllocated || node.IsOutside || node.Origin is not null)
        {
            return;
        }

        node.IsAllocated = true;
        if (node.Operation.CanReplaceOperand() && ReplaceOperand(node))
        {
            return;
        }

        node.Buffer = buffer;
        node.Offset = buffer.Take(buffer.BytesOf(node));
    }

    // A view never counts as having a place of its own, so that the memory behind a view is not taken over.
    private static bool ReplaceOperand(GraphTensor node)
    {
        foreach (var operand in node.Operands)
        {
            if (operand is { IsAllocated: true, IsOutput: false, Children: 1, Views: 0 } && node.HasLayoutOf(operand))
            {
                operand.IsAllocated = false;
                node.Buffer = operand.Buffer;
                node.Offset = operand.Offset;
                node.Buffer!.Shrink(node.Offset, node.Buffer.BytesOf(operand), node.Buffer.BytesOf(node));
                return true;
            }
        }

        return false;
    }

    private static void ReleaseOperands(GraphTensor node)
    {
        foreach (var operand in node.Operands)
        {
            operand.Children--;
            if (operand is not { Children: 0, Views: 0 })
            {
                continue;
            }

            if (operand.Origin is { } origin)
            {
                origin.Views--;
                ReleaseIfUnused(origin);
            }
            else
            {
                ReleaseIfUnused(operand);
            }
        }
    }

    private static void ReleaseIfUnused(GraphTensor tensor)
    {
        if (tensor is { Children: 0, Views: 0, IsAllocated: true, IsOutput: false })
        {
            tensor.IsAllocated = false;
            tensor.Buffer!.Return(tensor.Offset, tensor.Buffer.BytesOf(tensor));
        }
    }
}
