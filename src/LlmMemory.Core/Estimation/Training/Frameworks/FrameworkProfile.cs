using System.Collections.Generic;
using LlmMemory.Estimation.Training.Losses;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Frameworks;

/// <summary>
/// What a version of a framework does, as data: its defaults, where it upcasts, what it copies. A new version is a new
/// profile, not a new factor.
/// </summary>
internal sealed record FrameworkProfile
{
    /// <summary>The first version that it holds for.</summary>
    public required string From { get; init; }

    /// <summary>What the version is of, where not of the framework itself: <c>transformers</c>.</summary>
    public required string VersionOf { get; init; }

    /// <summary>The recipes that it has.</summary>
    public IReadOnlyList<Recipe> Recipes { get; init; } = [Recipe.Sft];

    /// <summary>Where logits become 32 bits wide.</summary>
    public UpcastMoment Upcast { get; init; } = UpcastMoment.InLoss;

    /// <summary>True where logits are shifted; false where labels are.</summary>
    public bool ShiftsLogits { get; init; }

    /// <summary>True where the training loop holds the model's outputs in the backward pass.</summary>
    public bool HoldsOutputs { get; init; }

    /// <summary>The loss of the framework where it is neither said nor PyTorch's; null for PyTorch's.</summary>
    public LossPath? OwnLoss { get; init; }

    /// <summary>The types of model whose keys and values are repeated for each query head under flash attention.</summary>
    public IReadOnlyList<string> RepeatsUnderFlash { get; init; } = [];

    /// <summary>The samples of a micro batch by default.</summary>
    public int MicroBatchSize { get; init; } = 1;

    /// <summary>The tokens of a sample by default.</summary>
    public long SequenceLength { get; init; } = 2048;

    /// <summary>The optimizer by default.</summary>
    public Optimizer Optimizer { get; init; } = Optimizer.AdamW;

    /// <summary>What is recomputed by default.</summary>
    public Recomputation Recompute { get; init; } = Recomputation.None;

    /// <summary>The precision by default.</summary>
    public TrainingPrecision Precision { get; init; } = TrainingPrecision.Pure;

    /// <summary>The attention kernel by default.</summary>
    public AttentionKernel Attention { get; init; } = AttentionKernel.Sdpa;

    /// <summary>The layer kernels by default.</summary>
    public LayerKernels Kernels { get; init; } = LayerKernels.Eager;

    /// <summary>What is split over several ranks by default.</summary>
    public Sharding Sharding { get; init; } = Sharding.None;

    /// <summary>True where what the device has beside the allocated peak was measured.</summary>
    public bool HasMeasuredReserve { get; init; }

    /// <summary>True where accelerate prepares the model, which upcasts what FSDP trains under mixed precision.</summary>
    public bool UsesAccelerate { get; init; } = true;

    /// <summary>True where normalisations beside weights of bitsandbytes are kept in 32 bits on one GPU.</summary>
    public bool WidensNormsOfQuantized { get; init; }

    /// <summary>True where 4-bit matrix multiplications keep their input.</summary>
    public bool KeepsQuantizedInputs { get; init; }

    /// <summary>True where inputs of first projections are kept, fitted.</summary>
    public bool KeepsProjectionInputs { get; init; }

    /// <summary>True where queries, keys and values are views of one projection.</summary>
    public bool KeepsFusedProjection { get; init; }

    /// <summary>True where the head is a matrix of its own although the model ties it to the embedding.</summary>
    public bool UntiesHead { get; init; }

    /// <summary>True where embeddings keep states of 32 bits beside an optimizer of 8.</summary>
    public bool WidensEmbeddingStates { get; init; }
}
