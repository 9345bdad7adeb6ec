using System.Collections.Generic;
using LlmMemory.Errors;
using LlmMemory.Quantities;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving.Transformers;

/// <summary>A workload as generate runs it: one batch, all prompts of one length.</summary>
internal sealed class TransformersSettings
{
    private readonly List<string> _assumptions = [];

    /// <summary>Fills the defaults in.</summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.EngineRefusesSetting"/>.</exception>
    public TransformersSettings(ServedModel served, InferenceWorkload workload)
    {
        if (workload.TensorParallel > 1 || workload.PipelineParallel > 1)
        {
            throw new LlmMemoryException(
                ErrorIds.EngineRefusesSetting,
                workload.TensorParallel ?? workload.PipelineParallel,
                "The profile of Transformers is one device. Leave -TensorParallel and -PipelineParallel out, or write -Engine vLLM.");
        }

        CacheType = workload.KvCacheType ?? served.CacheType;
        BatchSize = workload.Concurrency ?? 1;
        if (workload.PromptLength is null)
        {
            _assumptions.Add($"The prompt fills the context: {TokenCount.Format(Context(served, workload))} tokens (-PromptLength).");
        }

        PromptLength = workload.PromptLength ?? Context(served, workload);
        TotalLength = checked(PromptLength + (workload.OutputLength ?? 0));
        Resolved = workload with
        {
            KvCacheType = CacheType,
            Concurrency = BatchSize,
            PromptLength = PromptLength,
            TensorParallel = 1,
            PipelineParallel = 1,
        };
    }

    /// <summary>The workload, defaults filled in.</summary>
    public InferenceWorkload Resolved { get; }

    /// <summary>How keys and values are cached.</summary>
    public CacheType CacheType { get; }

    /// <summary>The sequences of the batch.</summary>
    public long BatchSize { get; }

    /// <summary>The tokens of each prompt.</summary>
    public long PromptLength { get; }

    /// <summary>The tokens of each sequence at its end.</summary>
    public long TotalLength { get; }

    /// <summary>Every default that was taken.</summary>
    public IReadOnlyList<string> Assumptions => _assumptions;

    private static long Context(ServedModel served, InferenceWorkload workload)
    {
        return workload.ContextLength ?? ParallelCheck.ContextOf(served);
    }
}
