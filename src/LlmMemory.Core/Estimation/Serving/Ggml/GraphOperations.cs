using static LlmMemory.Estimation.Serving.Ggml.GraphViews;

namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>
/// ggml's operations, as far as their results take memory: each makes a tensor, and none puts it into a graph. Lengths
/// follow ggml_*() in ggml-org/llama.cpp v0.5.0, ggml/src/ggml.c, and so does the order of operands.
/// </summary>
internal static class GraphOperations
{
    /// <summary>What is filled in before the graph is computed.</summary>
    public static GraphTensor Input(GraphElement element, in GraphShape shape)
    {
        return new GraphTensor(GraphOperation.None, shape, element) { IsInput = true, Device = GraphDevice.Host };
    }

    /// <summary>A cache or a state, which has a buffer of its own.</summary>
    /// <param name="device">The device that it lies on.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="gpuBytes">What a copy takes on a GPU.</param>
    public static GraphTensor Outside(int device, long bytes, long gpuBytes)
    {
        return new GraphTensor(GraphOperation.None, default, GraphElement.F32)
        {
            IsOutside = true, Device = device, Bytes = bytes, GpuBytes = gpuBytes,
        };
    }

    /// <summary>Weights, which have a buffer of their own.</summary>
    /// <param name="device">The device that they lie on.</param>
    /// <param name="bytes">Their bytes.</param>
    /// <param name="gpuBytes">What a copy takes on a GPU.</param>
    public static GraphTensor Weights(int device, long bytes, long gpuBytes)
    {
        return new GraphTensor(GraphOperation.None, default, GraphElement.F32)
        {
            IsOutside = true, IsWeight = true, Device = device, Bytes = bytes, GpuBytes = gpuBytes,
        };
    }

    /// <summary>A product with a matrix of weights.</summary>
    /// <param name="weight">The matrix.</param>
    /// <param name="x">Rows, one for each token.</param>
    /// <param name="width">The width of a row of the result.</param>
    public static GraphTensor Linear(GraphTensor weight, GraphTensor x, long width)
    {
        return Of(GraphOperation.MatMul, x.Shape.WithFirst(width), weight, x);
    }

    /// <summary>A product with the matrices of chosen experts.</summary>
    /// <param name="weight">The matrices.</param>
    /// <param name="x">[width, 1 or experts, tokens].</param>
    /// <param name="experts">[experts, tokens].</param>
    /// <param name="width">The width of a row of the result.</param>
    public static GraphTensor ExpertLinear(GraphTensor weight, GraphTensor x, GraphTensor experts, long width)
    {
        return Of(GraphOperation.MatMulId, new GraphShape(width, experts.Shape.First, experts.Shape.Second), weight, x, experts);
    }

    /// <summary>A product of two matrices that are both computed.</summary>
    public static GraphTensor MatMul(GraphTensor a, GraphTensor b)
    {
        return Of(GraphOperation.MatMul, new GraphShape(a.Shape.Second, b.Shape.Second, b.Shape.Third, b.Shape.Fourth), a, b);
    }

    /// <summary>A sum.</summary>
    public static GraphTensor Add(GraphTensor a, GraphTensor b)
    {
        return Of(GraphOperation.Add, a.Shape, a, b);
    }

    /// <summary>A sum with a bias.</summary>
    public static GraphTensor AddBias(GraphTensor x, GraphTensor weight)
    {
        return Of(GraphOperation.Add, x.Shape, x, weight);
    }

    /// <summary>A sum with the biases of chosen experts.</summary>
    public static GraphTensor AddExpertBias(GraphTensor x, GraphTensor weight, GraphTensor experts)
    {
        return Of(GraphOperation.AddId, x.Shape, x, weight, experts);
    }

    /// <summary>A product, element by element.</summary>
    public static GraphTensor Multiply(GraphTensor a, GraphTensor b)
    {
        return Of(GraphOperation.Multiply, a.Shape, a, b);
    }

    /// <summary>A product with a vector of weights.</summary>
    public static GraphTensor Weigh(GraphTensor x, GraphTensor weight)
    {
        return Of(GraphOperation.Multiply, x.Shape, x, weight);
    }

    /// <summary>An operation on each element by itself, or within each row.</summary>
    public static GraphTensor Elementwise(GraphOperation operation, GraphTensor x)
    {
        return Of(operation, x.Shape, x);
    }

    /// <summary>A product with a number.</summary>
    public static GraphTensor Scale(GraphTensor x)
    {
        return Elementwise(GraphOperation.Scale, x);
    }

    /// <summary>A function of each element.</summary>
    public static GraphTensor Unary(GraphTensor x)
    {
        return Elementwise(GraphOperation.Unary, x);
    }

    /// <summary>Rotary positions.</summary>
    /// <param name="x">What is turned.</param>
    /// <param name="positions">The positions.</param>
    /// <param name="factors">A factor for each frequency; null where all are 1.</param>
    public static GraphTensor Rope(GraphTensor x, GraphTensor positions, GraphTensor? factors = null)
    {
        return factors is null
            ? Of(GraphOperation.Rope, x.Shape, x, positions)
            : Of(GraphOperation.Rope, x.Shape, x, positions, factors);
    }

    /// <summary>A gated unit of two halves that are apart.</summary>
    public static GraphTensor GatedUnit(GraphTensor gate, GraphTensor up)
    {
        return Of(GraphOperation.GatedUnit, gate.Shape, gate, up);
    }

    /// <summary>A gated unit of two halves that lie in one row.</summary>
    public static GraphTensor GatedUnit(GraphTensor gateUp)
    {
        return Of(GraphOperation.GatedUnit, gateUp.Shape.WithFirst(gateUp.Shape.First / 2), gateUp);
    }

    /// <summary>A copy with the elements side by side, in the same or another shape.</summary>
    public static GraphTensor Contiguous(GraphTensor x, in GraphShape shape)
    {
        return Of(GraphOperation.Contiguous, shape, x);
    }

    /// <summary>A copy with the elements side by side.</summary>
    public static GraphTensor Contiguous(GraphTensor x)
    {
        return Contiguous(x, x.Shape);
    }

    /// <summary>A copy with the elements side by side, in a type of its own.</summary>
    public static GraphTensor Contiguous(GraphTensor x, GraphElement element)
    {
        return new GraphTensor(GraphOperation.Contiguous, x.Shape, element, x);
    }

    /// <summary>Rows put together.</summary>
    public static GraphTensor Concat(GraphTensor a, GraphTensor b)
    {
        return Of(GraphOperation.Concat, a.Shape.WithFirst(a.Shape.First + b.Shape.First), a, b);
    }

    /// <summary>A tensor repeated until it has a shape.</summary>
    public static GraphTensor Repeat(GraphTensor x, in GraphShape shape)
    {
        return Of(GraphOperation.Repeat, shape, x);
    }

    /// <summary>Chosen rows of something that is computed.</summary>
    public static GraphTensor GetRows(GraphTensor x, GraphTensor rows)
    {
        return Of(GraphOperation.GetRows, new GraphShape(x.Shape.First, rows.Shape.First, rows.Shape.Second, rows.Shape.Third), x, rows);
    }

    /// <summary>Chosen rows of a table of weights.</summary>
    public static GraphTensor LookUp(GraphTensor weight, long width, GraphTensor rows)
    {
        return Of(GraphOperation.GetRows, new GraphShape(width, rows.Shape.First, rows.Shape.Second), weight, rows);
    }

    /// <summary>The order of the elements of each row, as whole numbers.</summary>
    public static GraphTensor ArgSort(GraphTensor x)
    {
        return new GraphTensor(GraphOperation.ArgSort, x.Shape, GraphElement.I32, x);
    }

    /// <summary>The numbers of the largest elements of each row.</summary>
    public static GraphTensor TopK(GraphTensor x, long count)
    {
        return Slice(ArgSort(x), x.Shape.WithFirst(count));
    }

    /// <summary>The sum of each row.</summary>
    public static GraphTensor SumRows(GraphTensor x)
    {
        return Of(GraphOperation.SumRows, x.Shape.WithFirst(1), x);
    }

    /// <summary>Rows put into another tensor; the result is that tensor.</summary>
    public static GraphTensor SetRows(GraphTensor target, GraphTensor rows, GraphTensor numbers)
    {
        return Into(GraphOperation.SetRows, target, rows, numbers, target);
    }

    /// <summary>A copy into memory that is there; the result is that memory.</summary>
    public static GraphTensor Copy(GraphTensor x, GraphTensor target)
    {
        return Into(GraphOperation.Copy, target, x, target);
    }

    /// <summary>A result with memory of its own.</summary>
    public static GraphTensor Of(GraphOperation operation, in GraphShape shape, params GraphTensor[] operands)
    {
        return new GraphTensor(operation, shape, GraphElement.F32, operands);
    }

    /// <summary>A result in the memory of another tensor.</summary>
    public static GraphTensor Into(GraphOperation operation, GraphTensor target, params GraphTensor[] operands)
    {
        return new GraphTensor(operation, target.Shape, target.Element, operands)
        {
            Origin = target.Origin ?? target, Bytes = target.Bytes, GpuBytes = target.GpuBytes,
        };
    }
}
