using System.Collections.Generic;

namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>
/// Puts a split graph together again as it is allocated: before each split its copies, and before each copy something
/// that keeps the original until then. Source: ggml-org/llama.cpp v0.5.0, ggml/src/ggml-backend.cpp
/// (ggml_backend_sched_split_graph, after pass 5).
/// </summary>
internal sealed class GraphScheduler
{
    // GGML_MAX_SRC.
    private const int MaxOperands = 10;

    private readonly ComputeGraph _graph;
    private readonly GraphSchedule _schedule;
    private readonly BufferPlan[] _buffers;
    private readonly KeptTensors _kept = new();

    private GraphScheduler(ComputeGraph graph, GraphSchedule schedule, BufferPlan[] buffers)
    {
        _graph = graph;
        _schedule = schedule;
        _buffers = buffers;
        Inputs = new List<AllocationStep>(graph.Inputs.Count);
        Steps = new List<AllocationStep>(graph.Nodes.Count + 64);
    }

    /// <summary>What is placed first, and kept.</summary>
    public List<AllocationStep> Inputs { get; }

    /// <summary>What is placed in turns.</summary>
    public List<AllocationStep> Steps { get; }

    /// <summary>Schedules a graph.</summary>
    /// <param name="graph">The graph; it cannot be scheduled twice.</param>
    /// <param name="schedule">The devices.</param>
    /// <param name="buffers">The host's buffer, and those of the GPUs after it.</param>
    public static GraphScheduler Schedule(ComputeGraph graph, GraphSchedule schedule, BufferPlan[] buffers)
    {
        var scheduler = new GraphScheduler(graph, schedule, buffers);
        if (schedule.Gpus == 0)
        {
            scheduler.AddNodes(0, graph.Nodes.Count, _ => GraphDevice.Host);
        }
        else
        {
            scheduler.AddSplits();
        }

        scheduler.AddInputs(graph.Inputs);
        return scheduler;
    }

    private void AddSplits()
    {
        GraphAssignment.Assign(_graph.Nodes, _schedule);
        var splitter = GraphSplitter.Split(_graph.Nodes, _schedule);
        if (_schedule.Fuses)
        {
            foreach (var split in splitter.Splits)
            {
                Fuse(split);
            }
        }

        foreach (var split in splitter.Splits)
        {
            AddCopies(split);
            AddNodes(split.Start, split.End, node => node.Home);
        }

        if (_schedule.Copies > 1)
        {
            AddKeptCopies(splitter);
        }
    }

    private void Fuse(GraphSplit split)
    {
        if (split.Device != GraphDevice.Host)
        {
            CudaFusion.Find(_graph.Nodes, split.Start, split.End, _kept);
        }
    }

    private void AddCopies(GraphSplit split)
    {
        foreach (var copy in split.Copies)
        {
            var original = copy.Original;
            Add(new GraphTensor(GraphOperation.None, default, original.Element, original) { Origin = original.Origin ?? original }, original.Home);
            Add(copy.Copies[0], split.Device);
        }
    }

    private void AddNodes(int start, int end, System.Func<GraphTensor, int> deviceOf)
    {
        for (var i = start; i < end; i++)
        {
            var node = _graph.Nodes[i];
            Add(node, deviceOf(node));
            AddKept(node);
        }
    }

    // What stands in for tensors that are kept until a node is computed.
    private void AddKept(GraphTensor node)
    {
        var kept = _kept.Until(node);
        for (var first = 0; first < kept.Count; first += MaxOperands)
        {
            var operands = kept.GetRange(first, System.Math.Min(MaxOperands, kept.Count - first)).ToArray();
            Add(new GraphTensor(GraphOperation.None, default, GraphElement.F32, operands) { Origin = operands[0].Origin ?? operands[0] }, node.Home);
        }
    }

    private void AddKeptCopies(GraphSplitter splitter)
    {
        foreach (var input in splitter.Inputs)
        {
            AddInputs(input.Copies);
        }

        foreach (var split in splitter.Splits)
        {
            foreach (var copy in split.Copies)
            {
                AddInputs(copy.Copies);
            }
        }
    }

    private void AddInputs(IReadOnlyList<GraphTensor> inputs)
    {
        foreach (var input in inputs)
        {
            Inputs.Add(new AllocationStep(input, _buffers[input.Device + 1]));
        }
    }

    private void Add(GraphTensor node, int device)
    {
        Steps.Add(new AllocationStep(node, _buffers[device + 1]));
    }
}
