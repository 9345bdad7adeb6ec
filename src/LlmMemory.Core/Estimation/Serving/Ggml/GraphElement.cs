namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>What the elements of a tensor in a graph are.</summary>
internal enum GraphElement
{
    /// <summary>32 bits, floating.</summary>
    F32,

    /// <summary>16 bits, floating.</summary>
    F16,

    /// <summary>32 bits, whole.</summary>
    I32,

    /// <summary>64 bits, whole.</summary>
    I64,
}
