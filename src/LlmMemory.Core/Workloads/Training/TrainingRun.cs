using LlmMemory.Adapters;

namespace LlmMemory.Workloads.Training;

/// <summary>
/// How a known model is trained. What is null was not said: the framework takes its own default, and the estimate
/// reports it.
/// </summary>
public sealed partial record TrainingRun
{
    /// <summary>The samples of one pass on one rank.</summary>
    public int? MicroBatchSize { get; init; }

    /// <summary>The tokens of a sample, padding included; of a packed one, all of them.</summary>
    public long? SequenceLength { get; init; }

    /// <summary>The passes whose gradients add up before the optimizer steps.</summary>
    public int? GradientAccumulation { get; init; }

    /// <summary>The samples of an optimizer step on all ranks together; it says the accumulation where that is not said.</summary>
    public int? GlobalBatchSize { get; init; }

    /// <summary>The optimizer.</summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>True where each gradient is used as soon as it is there, and gone.</summary>
    public bool OptimizerInBackward { get; init; }

    /// <summary>In which type is computed.</summary>
    public TrainingPrecision? Precision { get; init; }

    /// <summary>What is computed again in the backward pass.</summary>
    public Recomputation? Recompute { get; init; }

    /// <summary>How attention is computed.</summary>
    public AttentionKernel? AttentionKernel { get; init; }

    /// <summary>How layers are computed.</summary>
    public LayerKernels? LayerKernels { get; init; }

    /// <summary>How the loss is computed.</summary>
    public LossKernel? LossKernel { get; init; }

    /// <summary>What is split over the ranks.</summary>
    public Sharding? Sharding { get; init; }

    /// <summary>The ranks that train on different samples.</summary>
    public int? DataParallel { get; init; }

    /// <summary>The adapter that is trained instead of the model; null where all weights are trained.</summary>
    public AdapterInventory? Adapter { get; init; }

    /// <summary>True where what goes into an adapter passes dropout first.</summary>
    public bool AdapterDropout { get; init; }

    /// <summary>A margin on the peak, as a fraction; none when null.</summary>
    public decimal? SafetyMargin { get; init; }
}
