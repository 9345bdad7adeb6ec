namespace LlmMemory.Estimation.Serving.LlamaCpp.Compute;

/// <summary>How the size of a compute buffer was found.</summary>
public enum ComputeMethod
{
    /// <summary>The largest of a few moments of the graph, each in closed form.</summary>
    ClosedForm,

    /// <summary>The graph's allocation, operation by operation.</summary>
    Emulated,
}
