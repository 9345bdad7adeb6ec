using LlmMemory.Estimation.Comparison;

namespace LlmMemory.Estimation.Serving.Vllm;

/// <summary>
/// What a rank of vLLM takes outside PyTorch's allocator: means of the runs of Llama, Qwen2.5 and DeepSeek-V2 on H100
/// (llm-d-incubation/llm-d-planner, accuracy/results/v0.19.0); the other families were kept back. Other devices were
/// not measured.
/// </summary>
internal static class VllmOverheads
{
    /// <summary>The component of the CUDA context.</summary>
    public const string Context = "CUDA context";

    /// <summary>The component of what PyTorch does not allocate.</summary>
    public const string NonTorch = LogFigureNames.OutsidePyTorch;

    /// <summary>The component of the CUDA graphs.</summary>
    public const string Graphs = LogFigureNames.CudaGraphs;

    private const long MiB = 1L << 20;

    // 79.19 GiB of the device, 78.68 GiB free when the worker starts: 0.51 GiB.
    private const long ContextMiB = 522;

    // Nine runs of Llama, Qwen2.5 and DeepSeek-V2 on one, two and four ranks: 0.64 to 1.61 GiB, 0.96 on average.
    private const long GraphsMiB = 981;

    /// <summary>The CUDA context; it lies outside the budget that utilisation sets.</summary>
    public static long ContextBytes => ContextMiB * MiB;

    /// <summary>The pool of the CUDA graphs; 0 where they are off.</summary>
    public static long GraphBytes(VllmSettings settings)
    {
        return settings.Resolved.EnforceEager == true ? 0 : settings.Calibration.Of(Graphs, GraphsMiB * MiB);
    }

    /// <summary>What the profile run takes outside PyTorch: NCCL's buffers above all.</summary>
    public static long NonTorchBytes(VllmSettings settings, VllmProfile profile)
    {
        var measured = MiB * settings.TensorParallel switch
        {
            1 when settings.PipelineParallel > 1 => 72,
            1 => profile.ForwardNonTorchMiB,
            2 => profile.SplitNonTorchMiB ?? 2123,
            _ => profile.SplitNonTorchMiB ?? 2181,
        };
        return settings.Calibration.Of(NonTorch, measured);
    }
}
