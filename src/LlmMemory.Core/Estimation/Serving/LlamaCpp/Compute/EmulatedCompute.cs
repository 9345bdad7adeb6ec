namespace LlmMemory.Estimation.Serving.LlamaCpp.Compute;

/// <summary>The way to compute buffers whose graph is emulated, operation by operation.</summary>
internal static class EmulatedCompute
{
    /// <summary>The buffers; null where the graph of the architecture, or its split over devices, is not known.</summary>
    /// <param name="request">What is asked.</param>
    public static ComputeBuffers? Of(ComputeRequest request)
    {
        _ = request;
        return null;
    }
}
