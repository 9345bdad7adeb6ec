using System.Collections.Generic;

namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>
/// Splits a graph where the device changes, and where weights of another device are needed: what was copied for a split
/// can go after it. Source: ggml-org/llama.cpp v0.5.0, ggml/src/ggml-backend.cpp (ggml_backend_sched_split_graph, pass 5).
/// </summary>
internal sealed class GraphSplitter
{
    private readonly GraphSchedule _schedule;
    private readonly List<GraphSplit> _splits = [];
    private readonly List<GraphCopy> _inputs = [];
    private readonly Dictionary<GraphTensor, GraphTensor>[] _copies;
    private readonly HashSet<GraphTensor> _knownInputs = [];
    private GraphSplit _split;

    private GraphSplitter(GraphSchedule schedule, int firstDevice)
    {
        _schedule = schedule;
        _split = new GraphSplit(firstDevice, 0);
        _copies = new Dictionary<GraphTensor, GraphTensor>[schedule.Gpus + 1];
        for (var i = 0; i < _copies.Length; i++)
        {
            _copies[i] = [];
        }
    }

    /// <summary>The splits, in order.</summary>
    public IReadOnlyList<GraphSplit> Splits => _splits;

    /// <summary>The inputs that are there once for each batch under way; none where there is one batch at a time.</summary>
    public IReadOnlyList<GraphCopy> Inputs => _inputs;

    /// <summary>Splits a graph whose nodes have devices; copies are put in the place of operands from elsewhere.</summary>
    /// <param name="nodes">The nodes, in order.</param>
    /// <param name="schedule">The devices.</param>
    public static GraphSplitter Split(IReadOnlyList<GraphTensor> nodes, GraphSchedule schedule)
    {
        var first = 0;
        while (first < nodes.Count && nodes[first].Operation.IsViewOnly())
        {
            first++;
        }

        var splitter = new GraphSplitter(schedule, first < nodes.Count ? nodes[first].Device : GraphDevice.Host);
        for (var i = first; i < nodes.Count; i++)
        {
            if (!nodes[i].Operation.IsViewOnly())
            {
                splitter.Add(nodes[i], i);
            }
        }

        splitter.End(nodes.Count);
        return splitter;
    }

    private void Add(GraphTensor node, int index)
    {
        if (node.Device != _split.Device || (_split.Copies.Count > 0 && HasWeightElsewhere(node)))
        {
            End(index);
            _split = new GraphSplit(node.Device, index);
        }

        var operands = node.Operands;
        for (var i = 0; i < operands.Length; i++)
        {
            if (operands[i].IsInput && _schedule.Copies > 1 && _knownInputs.Add(operands[i]))
            {
                _inputs.Add(new GraphCopy(operands[i], KeptCopies(operands[i])));
            }

            if (operands[i].Home != _split.Device)
            {
                operands[i] = CopyOf(operands[i]);
            }
        }
    }

    private bool HasWeightElsewhere(GraphTensor node)
    {
        foreach (var operand in node.Operands)
        {
            if (operand.IsWeight && operand.Device != _split.Device)
            {
                return true;
            }
        }

        return false;
    }

    // The batch that is computed with has the tensor itself; it keeps its place as the others do.
    private GraphTensor[] KeptCopies(GraphTensor input)
    {
        input.IsOutput = true;
        var copies = new GraphTensor[_schedule.Copies];
        copies[0] = input;
        for (var i = 1; i < copies.Length; i++)
        {
            copies[i] = NewCopy(input, input.Device);
        }

        return copies;
    }

    private GraphTensor CopyOf(GraphTensor original)
    {
        var known = _copies[_split.Device + 1];
        if (!known.TryGetValue(original, out var copy))
        {
            var copies = new GraphTensor[_schedule.Copies];
            for (var i = 0; i < copies.Length; i++)
            {
                copies[i] = NewCopy(original, _split.Device);
            }

            copy = copies[0];
            known.Add(original, copy);
            _split.Copies.Add(new GraphCopy(original, copies));
        }

        return copy;
    }

    private GraphTensor NewCopy(GraphTensor original, int device)
    {
        return new GraphTensor(GraphOperation.None, original.Shape, original.Element)
        {
            Device = device,
            Bytes = original.Bytes,

            // Room to work in is no part of what is copied; what a GPU reads past the end is.
            GpuBytes = original.Operation == GraphOperation.FlashAttention ? original.Bytes : original.GpuBytes,
            IsStrided = original.IsStrided,
            IsOutput = _schedule.Copies > 1,
        };
    }

    private void End(int index)
    {
        _split.End = index;
        _splits.Add(_split);
    }
}
