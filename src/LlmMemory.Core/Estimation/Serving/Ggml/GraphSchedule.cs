namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>What the scheduler knows of the devices. Source: ggml/src/ggml-backend.cpp (ggml_backend_sched_new).</summary>
internal sealed record GraphSchedule
{
    /// <summary>The GPUs are numbered up to here, without it.</summary>
    public required int Gpus { get; init; }

    /// <summary>The GPU that computes with weights of the host, copied for the purpose; null where none does.</summary>
    public int? OffloadTo { get; init; }

    /// <summary>The batches that are under way at once: the copies of each input.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>True where GPUs fuse operations, and keep what lies between.</summary>
    public bool Fuses { get; init; }
}
