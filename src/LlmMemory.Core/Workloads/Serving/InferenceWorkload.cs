using System.Collections.Generic;
using LlmMemory.Models;
using LlmMemory.Sources.Calibrations;

namespace LlmMemory.Workloads.Serving;

/// <summary>
/// What a served model is asked to do, and how the engine is set. What is null was not said: the engine takes its own
/// default, and the estimate reports it. Settings that an engine does not have are errors there, or are said to be
/// without effect.
/// </summary>
public sealed record InferenceWorkload
{
    /// <summary>The tokens that a sequence may have, prompt and answer together: max_model_len, n_ctx.</summary>
    public long? ContextLength { get; init; }

    /// <summary>The requests that are in flight at a time.</summary>
    public long? Concurrency { get; init; }

    /// <summary>The tokens of a prompt.</summary>
    public long? PromptLength { get; init; }

    /// <summary>The tokens of an answer.</summary>
    public long? OutputLength { get; init; }

    /// <summary>The first tokens of the prompt that all requests have in common, and that are cached once.</summary>
    public long? SharedPrefixLength { get; init; }

    /// <summary>How keys are cached, and values where <see cref="ValueCacheType"/> is null.</summary>
    public CacheType? KvCacheType { get; init; }

    /// <summary>How values are cached.</summary>
    public CacheType? ValueCacheType { get; init; }

    /// <summary>The ranks that each layer is split over.</summary>
    public int? TensorParallel { get; init; }

    /// <summary>The stages that the layers are spread over.</summary>
    public int? PipelineParallel { get; init; }

    /// <summary>True where experts are spread over the ranks whole, instead of each being split.</summary>
    public bool? ExpertParallel { get; init; }

    /// <summary>The copies of the model that share the requests.</summary>
    public int? DataParallel { get; init; }

    /// <summary>vLLM: the tensor-parallel ranks that share the tokens of a request between them, instead of each keeping all.</summary>
    public int? DecodeContextParallel { get; init; }

    /// <summary>The bytes of one device, as its driver shows them to the engine.</summary>
    public long? DeviceMemory { get; init; }

    /// <summary>The share of <see cref="DeviceMemory"/> that the engine may take.</summary>
    public decimal? GpuMemoryUtilization { get; init; }

    /// <summary>The sequences that the engine runs at once at most: max_num_seqs.</summary>
    public long? MaxSequences { get; init; }

    /// <summary>The tokens that one pass works on at most: max_num_batched_tokens.</summary>
    public long? MaxBatchedTokens { get; init; }

    /// <summary>What the engine took on the machine that serves; null for the rules alone.</summary>
    public CalibrationProfile? Calibration { get; init; }

    /// <summary>True where prompts that begin alike share their cache.</summary>
    public bool? PrefixCaching { get; init; }

    /// <summary>True without CUDA graphs: --enforce-eager.</summary>
    public bool? EnforceEager { get; init; }

    /// <summary>The adapters that are loaded at once.</summary>
    public int? LoraSlots { get; init; }

    /// <summary>The largest rank that an adapter may have.</summary>
    public int? MaxLoraRank { get; init; }

    /// <summary>The tokens that are drafted ahead of each step.</summary>
    public int? SpeculativeTokens { get; init; }

    /// <summary>llama.cpp: the tokens of a logical batch, -b.</summary>
    public int? BatchSize { get; init; }

    /// <summary>llama.cpp: the tokens that are computed at once, -ub.</summary>
    public int? MicroBatchSize { get; init; }

    /// <summary>llama.cpp: the layers on GPUs, counted from the last; the output counts as one. -ngl.</summary>
    public int? GpuLayers { get; init; }

    /// <summary>llama.cpp: the GPUs; 0 for none.</summary>
    public int? GpuCount { get; init; }

    /// <summary>llama.cpp: the share of each GPU, -ts; empty for equal ones.</summary>
    public IReadOnlyList<double> TensorSplit { get; init; } = [];

    /// <summary>llama.cpp: how a model is spread over GPUs, -sm.</summary>
    public string? SplitMode { get; init; }

    /// <summary>llama.cpp: the GPU that is used where only one is, -mg.</summary>
    public int? MainGpu { get; init; }

    /// <summary>llama.cpp: tensors that lie somewhere else, each regex=buffer, -ot.</summary>
    public IReadOnlyList<string> OverrideTensor { get; init; } = [];

    /// <summary>llama.cpp: true where all experts stay on the host, --cpu-moe.</summary>
    public bool? CpuMoe { get; init; }

    /// <summary>llama.cpp: the first layers whose experts stay on the host, --n-cpu-moe.</summary>
    public int? CpuMoeLayers { get; init; }

    /// <summary>llama.cpp: true where caches stay on the host, -nkvo.</summary>
    public bool? NoKvOffload { get; init; }

    /// <summary>llama.cpp: true where all sequences share one cache, -kvu.</summary>
    public bool? UnifiedKv { get; init; }

    /// <summary>llama.cpp: whether attention is fused, -fa; null leaves it to llama.cpp.</summary>
    public bool? FlashAttention { get; init; }

    /// <summary>llama.cpp: true where the file is read, not mapped, --no-mmap.</summary>
    public bool? NoMemoryMap { get; init; }

    /// <summary>llama.cpp: the towers that turn images or sound into tokens, an mmproj file.</summary>
    public LlmModel? Projector { get; init; }

    /// <summary>llama.cpp: LoRA adapters that are loaded beside the model.</summary>
    public IReadOnlyList<LlmModel> LoraAdapter { get; init; } = [];

    /// <summary>llama.cpp: a smaller model that drafts tokens.</summary>
    public LlmModel? DraftModel { get; init; }

    /// <summary>llama.cpp: the layers of that model on GPUs; all when null.</summary>
    public int? DraftGpuLayers { get; init; }
}
