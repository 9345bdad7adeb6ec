namespace LlmMemory.Workloads.Training;

/// <content>DeepSpeed's ZeRO: what lies on the host, and the buffers that its configuration sizes.</content>
public sealed partial record TrainingRun
{
    /// <summary>What lies in host memory; nothing when null.</summary>
    public Offload? Offload { get; init; }

    /// <summary>DeepSpeed's buffers; its own defaults when null.</summary>
    public ZeroBuffers? ZeroBuffers { get; init; }
}
