namespace LlmMemory.Estimation.Serving.TensorRtLlm;

/// <summary>
/// What a rank of TensorRT-LLM takes beside weights, activations and cache. Source: ai-dynamo/aiconfigurator,
/// src/aiconfigurator/systems (nccl_mem, other_mem); docs/serving.md.
/// </summary>
internal static class TensorRtLlmOverheads
{
    private const long MiB = 1L << 20;

    /// <summary>CUDA, its libraries, and what the engine keeps for itself.</summary>
    public static long OtherBytes(TensorRtLlmProfile profile)
    {
        return profile.OtherMiB * MiB;
    }

    /// <summary>NCCL's buffers; 0 for one rank.</summary>
    public static long NcclBytes(TensorRtLlmSettings settings)
    {
        return MiB * (settings.TensorParallel switch
        {
            >= 4 => 392,
            >= 2 => 342,
            _ => 0,
        });
    }
}
