using LlmMemory.Estimation.Comparison;

namespace LlmMemory.Estimation.Serving.Sglang;

/// <summary>What a rank of SGLang takes beside weights and pools.</summary>
internal static class SglangOverheads
{
    /// <summary>The component of the CUDA graphs.</summary>
    public const string Graphs = LogFigureNames.CudaGraphs;

    private const long MiB = 1L << 20;

    // 79.19 GiB of an H100, 78.68 GiB free once PyTorch is up.
    private const long ContextMiB = 522;

    // sgl-project/sglang#11716: "Init torch distributed" took 1.77 to 2.01 GiB by rank, 8 ranks on H200.
    private const long DistributedMiB = 1935;

    // SGLang's own reckoning in server_args.py.
    private const long GraphMiBPerSequence = 2;

    /// <summary>The CUDA context.</summary>
    public static long ContextBytes => ContextMiB * MiB;

    /// <summary>NCCL and the like; 0 for one rank.</summary>
    public static long DistributedBytes(SglangSettings settings)
    {
        return settings.TensorParallel * settings.PipelineParallel > 1 ? DistributedMiB * MiB : 0;
    }

    /// <summary>The CUDA graphs; 0 where they are off.</summary>
    public static long GraphBytes(SglangSettings settings)
    {
        return settings.Resolved.EnforceEager == true ? 0 : settings.Calibration.Of(Graphs, checked(settings.GraphBatch * GraphMiBPerSequence * MiB));
    }

    /// <summary>What a pass over one chunk holds.</summary>
    public static long ActivationBytes(ServedModel served, SglangSettings settings)
    {
        return MeasuredActivations.Sglang.BytesOf(served.Widths, settings.Resolved.MaxBatchedTokens!.Value, settings.TensorParallel);
    }
}
