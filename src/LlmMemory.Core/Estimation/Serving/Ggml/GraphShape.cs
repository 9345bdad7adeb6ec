namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>The four lengths of a tensor, innermost first, as ggml has them.</summary>
/// <param name="First">The length of a row.</param>
/// <param name="Second">Rows.</param>
/// <param name="Third">Matrices.</param>
/// <param name="Fourth">Blocks of matrices.</param>
internal readonly record struct GraphShape(long First, long Second = 1, long Third = 1, long Fourth = 1)
{
    /// <summary>All elements.</summary>
    public long Elements => First * Second * Third * Fourth;

    /// <summary>The same with rows of another length.</summary>
    /// <param name="first">The length.</param>
    public GraphShape WithFirst(long first)
    {
        return new GraphShape(first, Second, Third, Fourth);
    }
}
