namespace LlmMemory.Estimation.Serving.Vllm;

/// <summary>
/// What a rank of vLLM takes outside PyTorch's allocator. Measured on H100 (llm-d-incubation/llm-d-planner,
/// accuracy/results/v0.19.0, 48 runs); other devices were not.
/// </summary>
internal static class VllmOverheads
{
    private const long MiB = 1L << 20;

    // 79.19 GiB of the device, 78.68 GiB free when the worker starts: 0.51 GiB.
    private const long ContextMiB = 522;

    // 59 logs: 0.51 to 1.85 GiB, 1.04 on average.
    private const long GraphsMiB = 1065;

    /// <summary>The CUDA context; it lies outside the budget that utilisation sets.</summary>
    public static long ContextBytes => ContextMiB * MiB;

    /// <summary>The pool of the CUDA graphs; 0 where they are off.</summary>
    public static long GraphBytes(VllmSettings settings)
    {
        return settings.Resolved.EnforceEager == true ? 0 : GraphsMiB * MiB;
    }

    /// <summary>What the profile run takes outside PyTorch: NCCL's buffers above all.</summary>
    public static long NonTorchBytes(VllmSettings settings, VllmProfile profile)
    {
        return MiB * settings.TensorParallel switch
        {
            1 when settings.PipelineParallel > 1 => 72,
            1 => profile.ForwardNonTorchMiB,
            2 => 2130,
            _ => 2212,
        };
    }
}
