using System.Collections.Generic;

namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>
/// Gives every node a device: where its memory is, where its weights are, and otherwise where its neighbours are, GPUs
/// before the host. Source: ggml-org/llama.cpp v0.5.0, ggml/src/ggml-backend.cpp (ggml_backend_sched_split_graph,
/// passes 1 and 2; ggml_backend_sched_backend_id_from_cur). Every device is taken to know every operation.
/// </summary>
internal static class GraphAssignment
{
    // ggml-cuda's op_offload_min_batch_size.
    private const int OffloadBatch = 32;

    /// <summary>Gives every node a device; views stay without, and are where their memory is.</summary>
    /// <param name="nodes">The nodes, in order.</param>
    /// <param name="schedule">The devices.</param>
    public static void Assign(IReadOnlyList<GraphTensor> nodes, GraphSchedule schedule)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            if (nodes[i].Device == GraphDevice.None)
            {
                nodes[i].Device = OwnDevice(nodes[i], schedule);
            }
        }

        Expand(nodes, isDown: true, withHost: false);
        Expand(nodes, isDown: false, withHost: false);
        Expand(nodes, isDown: true, withHost: true);
        Expand(nodes, isDown: false, withHost: true);
    }

    private static int OwnDevice(GraphTensor node, GraphSchedule schedule)
    {
        if (node.Origin is { IsOutside: true } origin)
        {
            return origin.Device;
        }

        // Rotary factors and sinks are too small to choose a device by.
        if (node.Operation is GraphOperation.Rope or GraphOperation.FlashAttention)
        {
            return GraphDevice.None;
        }

        foreach (var operand in node.Operands)
        {
            if (operand.IsWeight)
            {
                return operand.Device == GraphDevice.Host && node.BatchSize() >= OffloadBatch
                    ? schedule.OffloadTo ?? GraphDevice.Host
                    : operand.Device;
            }
        }

        return GraphDevice.None;
    }

    private static void Expand(IReadOnlyList<GraphTensor> nodes, bool isDown, bool withHost)
    {
        var current = GraphDevice.None;
        for (var i = 0; i < nodes.Count; i++)
        {
            var node = nodes[isDown ? i : nodes.Count - 1 - i];
            if (node.Operation.IsViewOnly())
            {
                continue;
            }

            if (node.Device == GraphDevice.None)
            {
                node.Device = current;
            }
            else
            {
                current = node.Device == GraphDevice.Host && !withHost ? GraphDevice.None : node.Device;
            }
        }
    }
}
