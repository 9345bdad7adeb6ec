namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>The sizes of elements.</summary>
internal static class GraphElementSizes
{
    /// <summary>The bytes of an element.</summary>
    /// <param name="element">The element.</param>
    public static int Bytes(this GraphElement element)
    {
        return element switch
        {
            GraphElement.F16 => 2,
            GraphElement.I64 => 8,
            _ => 4,
        };
    }
}
