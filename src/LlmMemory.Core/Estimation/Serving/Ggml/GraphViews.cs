namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>
/// ggml's views, which lie in the memory of another tensor. What they span matters where they are copied to another
/// device (ggml_nbytes in ggml-org/llama.cpp v0.5.0, ggml/src/ggml.c).
/// </summary>
internal static class GraphViews
{
    /// <summary>A part of another tensor whose elements lie side by side.</summary>
    public static GraphTensor View(GraphTensor x, in GraphShape shape)
    {
        return ViewOf(GraphOperation.View, x, shape, x.IsStrided ? x.Bytes : shape.Elements * x.Element.Bytes(), isStrided: false);
    }

    /// <summary>A part of every row of another tensor, so that its elements do not lie side by side.</summary>
    public static GraphTensor Slice(GraphTensor x, in GraphShape shape)
    {
        // The last row ends with the part, not with the row.
        var rows = x.Shape.Elements / x.Shape.First;
        var left = x.Shape.First - (shape.Elements / rows);
        return ViewOf(GraphOperation.View, x, shape, x.Bytes - (left * x.Element.Bytes()), isStrided: true);
    }

    /// <summary>A part of a cache, in what its copies take.</summary>
    public static GraphTensor CacheView(GraphTensor cache, in GraphShape shape, long bytes, long gpuBytes)
    {
        return new GraphTensor(GraphOperation.View, shape, cache.Element, cache)
        {
            Origin = cache, IsStrided = true, Bytes = bytes, GpuBytes = gpuBytes,
        };
    }

    /// <summary>The same elements with other lengths.</summary>
    public static GraphTensor Reshape(GraphTensor x, in GraphShape shape)
    {
        return ViewOf(GraphOperation.Reshape, x, shape, x.Bytes, isStrided: false);
    }

    /// <summary>The same elements with the axes of heads and tokens exchanged.</summary>
    public static GraphTensor SwapHeads(GraphTensor x)
    {
        var shape = new GraphShape(x.Shape.First, x.Shape.Third, x.Shape.Second, x.Shape.Fourth);
        return ViewOf(GraphOperation.Permute, x, shape, x.Bytes, isStrided: true);
    }

    /// <summary>The same elements with rows and columns exchanged.</summary>
    public static GraphTensor Transpose(GraphTensor x)
    {
        var shape = new GraphShape(x.Shape.Second, x.Shape.First, x.Shape.Third, x.Shape.Fourth);
        return ViewOf(GraphOperation.Permute, x, shape, x.Bytes, isStrided: true);
    }

    private static GraphTensor ViewOf(GraphOperation operation, GraphTensor x, in GraphShape shape, long bytes, bool isStrided)
    {
        // What a copy takes on a GPU beyond its own bytes goes with the rows.
        return new GraphTensor(operation, shape, x.Element, x)
        {
            Origin = x.Origin ?? x, IsStrided = isStrided, Bytes = bytes, GpuBytes = bytes + PaddingOf(x),
        };
    }

    private static long PaddingOf(GraphTensor x)
    {
        return x.Operation is GraphOperation.View or GraphOperation.Permute ? x.GpuBytes - x.Bytes : 0;
    }
}
