using System.Collections.Generic;

namespace LlmMemory.Workloads.Training;

/// <content>How Megatron splits a model over ranks, and what it can be told beside. Other frameworks have none of it.</content>
public sealed partial record TrainingRun
{
    /// <summary>The ranks that each layer is split over.</summary>
    public int? TensorParallel { get; init; }

    /// <summary>The stages that the layers are spread over.</summary>
    public int? PipelineParallel { get; init; }

    /// <summary>The pieces of the model that each stage has, worked on in turns: interleaved 1F1B. 1 for plain 1F1B.</summary>
    public int? VirtualPipeline { get; init; }

    /// <summary>Which stage has which layers, in Megatron's own notation: <c>Et*3|(tt|)*14t*3L</c>. Even when null.</summary>
    public string? PipelineLayout { get; init; }

    /// <summary>Interleaved: the micro batches that pass one piece before the next piece begins.</summary>
    public int? MicroBatchGroup { get; init; }

    /// <summary>The ranks that the tokens of a sample are split over.</summary>
    public int? ContextParallel { get; init; }

    /// <summary>True where norms and dropout work on a share of the tokens of each tensor-parallel rank.</summary>
    public bool? SequenceParallel { get; init; }

    /// <summary>The ranks that the experts of a layer are spread over.</summary>
    public int? ExpertParallelSize { get; init; }

    /// <summary>The ranks that each expert is split over; as <see cref="TensorParallel"/> when null.</summary>
    public int? ExpertTensorParallel { get; init; }

    /// <summary>How tokens come to the experts of other ranks.</summary>
    public TokenDispatcher? TokenDispatcher { get; init; }

    /// <summary>True where all experts of a rank are one grouped matrix multiplication.</summary>
    public bool? GroupedGemm { get; init; }

    /// <summary>True where ranks with the same weights share the states of the optimizer.</summary>
    public bool? DistributedOptimizer { get; init; }

    /// <summary>True where gradients of weights are added to the main gradients by the multiplication itself.</summary>
    public bool? GradientAccumulationFusion { get; init; }

    /// <summary>The layers that are recomputed together, or under Block, those that are.</summary>
    public int? RecomputeLayers { get; init; }

    /// <summary>What selective recomputation computes again; attention's core when null.</summary>
    public IReadOnlyList<RecomputeModule>? RecomputeModules { get; init; }

    /// <summary>True where hidden states and attention probabilities are dropped out.</summary>
    public bool? Dropout { get; init; }

    /// <summary>The layers of multi-token prediction that are trained.</summary>
    public int? MtpLayers { get; init; }

    /// <summary>True where kernels have to give the same bits each time, with cuBLAS' fixed workspace.</summary>
    public bool? Deterministic { get; init; }

    /// <summary>The generation of the GPUs, which decides on workspaces.</summary>
    public GpuGeneration? GpuGeneration { get; init; }
}
