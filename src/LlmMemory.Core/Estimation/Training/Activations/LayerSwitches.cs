using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Activations;

/// <summary>What decides which tensors of a layer are kept: kernels, types, and what is trained.</summary>
internal sealed record LayerSwitches
{
    /// <summary>Which weights are trained, and which modules have adapters.</summary>
    public required TrainedModules Trained { get; init; }

    /// <summary>The kernels of normalisations and feed-forward networks.</summary>
    public required LayerKernels Kernels { get; init; }

    /// <summary>The kernel of attention.</summary>
    public required AttentionKernel Attention { get; init; }

    /// <summary>The tokens of a sample.</summary>
    public required long SequenceLength { get; init; }

    /// <summary>Bytes of an element that a matrix multiplication gives.</summary>
    public int ElementBytes { get; init; } = 2;

    /// <summary>Bytes of an element of the residual stream.</summary>
    public int StreamBytes { get; init; } = 2;

    /// <summary>Bytes of an element inside a feed-forward network.</summary>
    public int FeedForwardBytes { get; init; } = 2;

    /// <summary>True where matrices are multiplied under autocast.</summary>
    public bool UsesAutocast { get; init; }

    /// <summary>True where heads of keys and values are repeated for each query head before attention.</summary>
    public bool RepeatsKeyValues { get; init; }

    /// <summary>True where the layer's input is kept elsewhere, because the layer is computed again from it.</summary>
    public bool IsRecomputed { get; init; }

    /// <summary>True where the core of attention is computed again in the backward pass.</summary>
    public bool RecomputesAttention { get; init; }

    /// <summary>True where LoRA beside the frozen weights is one operation.</summary>
    public bool FusesLora { get; init; }

    /// <summary>True where a quantised matrix multiplication keeps its input though its weight is frozen.</summary>
    public bool KeepsQuantizedInputs { get; init; }

    /// <summary>True where inputs of the first projections are kept without a reason in the source: fitted on LitGPT's rows.</summary>
    public bool KeepsProjectionInputs { get; init; }

    /// <summary>True where queries, keys and values are views of one tensor, which stays as long as one of them does.</summary>
    public bool KeepsFusedProjection { get; init; }

    /// <summary>True where what leaves attention and the feed-forward network passes dropout.</summary>
    public bool HasResidualDropout { get; init; }
}
