using System.Linq;
using LlmMemory.Naming;

namespace LlmMemory.Estimation;

/// <content>What an estimate of Megatron was made with, under the names of the parameters that take it again.</content>
public sealed partial class MemoryEstimate
{
    /// <summary>Megatron: the pieces of the model that each stage works on in turns.</summary>
    public int? VirtualPipeline => Run?.VirtualPipeline;

    /// <summary>Megatron: which stage has which layers; null where they are spread evenly.</summary>
    public string? PipelineLayout => Run?.PipelineLayout;

    /// <summary>Megatron: the micro batches that pass one piece before the next.</summary>
    public int? MicroBatchGroup => Run?.MicroBatchGroup;

    /// <summary>Megatron: the ranks that the tokens of a sample are split over.</summary>
    public int? ContextParallel => Run?.ContextParallel;

    /// <summary>Megatron: true where norms and dropout work on a share of the tokens.</summary>
    public bool? SequenceParallel => Run?.SequenceParallel;

    /// <summary>Megatron: the ranks that experts are spread over.</summary>
    public int? ExpertParallelSize => Run?.ExpertParallelSize;

    /// <summary>Megatron: the ranks that each expert is split over.</summary>
    public int? ExpertTensorParallel => Run?.ExpertTensorParallel;

    /// <summary>Megatron: how tokens come to experts.</summary>
    public string? TokenDispatcher => Run?.TokenDispatcher?.Name;

    /// <summary>Megatron: true where the experts of a rank are one multiplication.</summary>
    public bool? GroupedGemm => Run?.GroupedGemm;

    /// <summary>Megatron: true where ranks share the states of the optimizer.</summary>
    public bool? DistributedOptimizer => Run?.DistributedOptimizer;

    /// <summary>Megatron: true where main gradients are added to by the multiplication itself.</summary>
    public bool? GradientAccumulationFusion => Run?.GradientAccumulationFusion;

    /// <summary>Megatron: the layers that are computed again together, or in a block.</summary>
    public int? RecomputeLayers => Run?.RecomputeLayers;

    /// <summary>Megatron: what selective recomputation computes again; null for all else.</summary>
    public DetailList<string>? RecomputeModules => Run?.RecomputeModules is { } modules ? new([.. modules.Select(module => module.Name)]) : null;

    /// <summary>Megatron: true where hidden states and attention are dropped out.</summary>
    public bool? Dropout => Run?.Dropout;

    /// <summary>Megatron: the layers of multi-token prediction that are trained.</summary>
    public int? MtpLayers => Run?.MtpLayers;

    /// <summary>Megatron: true with kernels that give the same bits each time.</summary>
    public bool? Deterministic => Run?.Deterministic;

    /// <summary>Megatron: the generation of the GPUs.</summary>
    public string? GpuGeneration => Run?.GpuGeneration?.Name;
}
