namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>
/// A tensor of a graph: what it is made of, how large it is, whose memory it lies in, and which device computes it.
/// </summary>
internal sealed class GraphTensor
{
    private readonly long? _gpuBytes;

    /// <summary>Makes a tensor.</summary>
    /// <param name="operation">What computes it.</param>
    /// <param name="shape">Its lengths.</param>
    /// <param name="element">What its elements are.</param>
    /// <param name="operands">What it is computed from, in ggml's order.</param>
    public GraphTensor(GraphOperation operation, in GraphShape shape, GraphElement element, params GraphTensor[] operands)
    {
        Operation = operation;
        Shape = shape;
        Element = element;
        Operands = operands;
        Bytes = shape.Elements * element.Bytes();
    }

    /// <summary>What computes it.</summary>
    public GraphOperation Operation { get; }

    /// <summary>Its lengths; 0 elements for caches and weights that nothing depends on the lengths of.</summary>
    public GraphShape Shape { get; }

    /// <summary>What its elements are.</summary>
    public GraphElement Element { get; }

    /// <summary>What it is computed from; the split of a graph over devices puts copies in their place.</summary>
    public GraphTensor[] Operands { get; }

    /// <summary>The bytes from its first element to its last (ggml_nbytes).</summary>
    public long Bytes { get; init; }

    /// <summary>What it takes on a GPU: more where the GPU reads past its end, or works behind it.</summary>
    public long GpuBytes
    {
        get => _gpuBytes ?? Bytes;
        init => _gpuBytes = value;
    }

    /// <summary>The tensor whose memory it lies in; null where it has memory of its own.</summary>
    public GraphTensor? Origin { get; init; }

    /// <summary>True for weights, caches and states, which have buffers of their own.</summary>
    public bool IsOutside { get; init; }

    /// <summary>True for weights.</summary>
    public bool IsWeight { get; init; }

    /// <summary>True for what is filled in before the graph is computed.</summary>
    public bool IsInput { get; init; }

    /// <summary>True where its elements do not lie side by side.</summary>
    public bool IsStrided { get; init; }

    /// <summary>The device that computes it; <see cref="GraphDevice.None"/> until it is known.</summary>
    public int Device { get; set; } = GraphDevice.None;

    /// <summary>True for what is read after the graph has been computed, and so keeps its place.</summary>
    public bool IsOutput { get; set; }

    /// <summary>True for the last tensor of a round of layers: the buffers are compared there.</summary>
    public bool EndsRound { get; set; }

    /// <summary>True once it is a node of the graph, or an input of one.</summary>
    public bool IsVisited { get; set; }

    /// <summary>The allocator's: operands that still wait for it.</summary>
    public int Children { get; set; }

    /// <summary>The allocator's: views of it that are still needed.</summary>
    public int Views { get; set; }

    /// <summary>The allocator's: where it lies.</summary>
    public long Offset { get; set; }

    /// <summary>The allocator's: the buffer that it lies in.</summary>
    public BufferPlan? Buffer { get; set; }

    /// <summary>The allocator's: true while it has that place.</summary>
    public bool IsAllocated { get; set; }

    /// <summary>The device that it lies on: its own, or that of the tensor whose memory it lies in.</summary>
    public int Home => Device != GraphDevice.None || Origin is null ? Device : Origin.Device;

    /// <summary>True where both have the same lengths and elements, and no gaps.</summary>
    /// <param name="other">Another tensor.</param>
    public bool HasLayoutOf(GraphTensor other)
    {
        return !other.IsStrided && Element == other.Element && Shape.Equals(other.Shape);
    }
}
