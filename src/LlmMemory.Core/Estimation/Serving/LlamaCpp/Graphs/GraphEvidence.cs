namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>What the graph of an architecture was compared with.</summary>
internal enum GraphEvidence
{
    /// <summary>Written down from llama.cpp's source, and compared with nothing.</summary>
    Source,

    /// <summary>The host buffer that llama.cpp v0.5.0 plans for a model of the architecture on the CPU.</summary>
    CpuLibrary,

    /// <summary>
    /// Host and device buffers that llama.cpp v0.5.0 plans for real models of the architecture, on the CPU and on a
    /// device with the size rules of ggml-cuda.
    /// </summary>
    CpuAndDeviceLibrary,
}
