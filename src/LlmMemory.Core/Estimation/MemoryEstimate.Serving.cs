using LlmMemory.Estimation.Serving;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation;

/// <content>What an estimate of serving was made with, under the names of the parameters that take it again.</content>
public sealed partial class MemoryEstimate
{
    /// <summary>Serving: the tokens that a sequence may have. 32k is 32768.</summary>
    public long? ContextLength => Workload?.ContextLength;

    /// <summary>Serving: the requests that are in flight at a time.</summary>
    public long? Concurrency => Workload?.Concurrency;

    /// <summary>Serving: the tokens of a prompt.</summary>
    public long? PromptLength => Workload?.PromptLength;

    /// <summary>Serving: the tokens of an answer.</summary>
    public long? OutputLength => Workload?.OutputLength;

    /// <summary>Serving: how keys are cached.</summary>
    public string? KvCacheType => Workload?.KvCacheType?.Name;

    /// <summary>Serving: how values are cached.</summary>
    public string? ValueCacheType => Workload?.ValueCacheType?.Name;

    /// <summary>The ranks that each layer is split over.</summary>
    public int? TensorParallel => Workload?.TensorParallel ?? Run?.TensorParallel;

    /// <summary>The stages that the layers are spread over.</summary>
    public int? PipelineParallel => Workload?.PipelineParallel ?? Run?.PipelineParallel;

    /// <summary>Serving: true where experts are spread over the ranks whole.</summary>
    public bool? ExpertParallel => Workload?.ExpertParallel;

    /// <summary>Serving: the copies of the model. Training: the ranks that train on different samples.</summary>
    public int? DataParallel => Workload?.DataParallel ?? Run?.DataParallel;

    /// <summary>Serving by vLLM: the ranks that share the tokens of a request between them.</summary>
    public int? DecodeContextParallel => Workload?.DecodeContextParallel;

    /// <summary>Serving: the bytes of one device.</summary>
    public long? DeviceMemory => Workload?.DeviceMemory;

    /// <summary>Serving: the share of a device that the engine may take.</summary>
    public decimal? GpuMemoryUtilization => Workload?.GpuMemoryUtilization;

    /// <summary>Serving: the sequences that the engine runs at once at most.</summary>
    public long? MaxSequences => Workload?.MaxSequences;

    /// <summary>Serving: the tokens that one pass works on at most.</summary>
    public long? MaxBatchedTokens => Workload?.MaxBatchedTokens;

    /// <summary>Serving by llama.cpp: the tokens of a logical batch.</summary>
    public int? BatchSize => Workload?.BatchSize;

    /// <summary>Serving by llama.cpp: the tokens that are computed at once. Training: the samples of a pass on one rank.</summary>
    public int? MicroBatchSize => Workload?.MicroBatchSize ?? Run?.MicroBatchSize;

    /// <summary>Serving by llama.cpp: the layers on GPUs.</summary>
    public int? GpuLayers => Workload?.GpuLayers;

    /// <summary>Serving: the calibration that was used, as <c>-Calibration</c> names it; null for none.</summary>
    public string? Calibration => Workload?.Calibration?.Name;

    /// <summary>What an engine that fills its memory with a cache can serve; null for all others.</summary>
    public ServingCapacity? Capacity => _subject.Capacity;

    /// <summary>All of it, with the settings that have no property of their own; null where nothing is served.</summary>
    internal InferenceWorkload? Workload => _subject.Workload;
}
