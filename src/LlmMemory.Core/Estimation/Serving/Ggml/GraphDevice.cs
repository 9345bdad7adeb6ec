namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>The numbers of devices that are none: GPUs count from 0.</summary>
internal static class GraphDevice
{
    /// <summary>The host, which llama.cpp asks last.</summary>
    public const int Host = -1;

    /// <summary>No device yet.</summary>
    public const int None = -2;
}
