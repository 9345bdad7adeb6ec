namespace LlmMemory.Hardware.Probes;

/// <summary>A process, and the GPU that it holds memory of.</summary>
internal sealed class NvidiaProcess(string gpuUuid, GpuProcess process)
{
    public string GpuUuid => gpuUuid;

    public GpuProcess Process => process;
}
