using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation;

/// <content>What an estimate of training was made with, under the names of the parameters that take it again.</content>
public sealed partial class MemoryEstimate
{
    /// <summary>Training: the framework.</summary>
    public string? Framework => _subject.Framework;

    /// <summary>Training: the version from which on the rules hold that were used.</summary>
    public string? FrameworkVersion => _subject.FrameworkVersion;

    /// <summary>Training: the tokens of a sample.</summary>
    public long? SequenceLength => Run?.SequenceLength;

    /// <summary>Training: the passes of a step.</summary>
    public int? GradientAccumulation => Run?.GradientAccumulation;

    /// <summary>Training: what is split over the ranks.</summary>
    public string? Sharding => Run?.Sharding?.Name;

    /// <summary>Training: what lies in host memory; null where nothing was said of it.</summary>
    public string? Offload => Run?.Offload?.Name;

    /// <summary>Training: in which type is computed.</summary>
    public string? Precision => Run?.Precision?.Name;

    /// <summary>Training: what is computed again in the backward pass.</summary>
    public string? Recompute => Run?.Recompute?.Name;

    /// <summary>Training: how attention is computed.</summary>
    public string? AttentionKernel => Run?.AttentionKernel?.Name;

    /// <summary>Training: how layers are computed.</summary>
    public string? LayerKernels => Run?.LayerKernels?.Name;

    /// <summary>Training: how the loss is computed; null where the framework's own way was taken.</summary>
    public string? LossKernel => Run?.LossKernel?.Name;

    /// <summary>Training: the recipe; null where nothing was said of it.</summary>
    public string? Recipe => Run?.Recipe?.Name;

    /// <summary>Training: the model that the recipe compares with; null where it knows none.</summary>
    public string? ReferenceModel => Run?.ReferenceModel?.Name;

    /// <summary>GRPO: the tokens of a sample that the model wrote.</summary>
    public long? CompletionLength => Run?.CompletionLength;

    /// <summary>GRPO: the bytes of each device that an engine beside the training takes; null where there is none.</summary>
    public long? RolloutMemory => Run?.RolloutMemory;

    /// <summary>All of it; null where no known model is trained.</summary>
    internal TrainingRun? Run => _subject.Run;
}
