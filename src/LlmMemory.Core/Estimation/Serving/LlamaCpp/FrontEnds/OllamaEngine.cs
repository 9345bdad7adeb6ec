using System;
using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving.LlamaCpp.FrontEnds;

/// <summary>Ollama, which starts llama.cpp with settings of its own: the context of each request, batches of 512.</summary>
internal sealed class OllamaEngine : LlamaCppFrontEnd
{
    /// <summary>Creates the engine.</summary>
    public OllamaEngine()
        : base("Ollama", "Ollama: llama.cpp with Ollama's settings")
    {
    }

    /// <inheritdoc/>
    internal override bool ReadsDeviceMemory => true;

    private protected override IReadOnlyCollection<string> Settings { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        nameof(InferenceWorkload.GpuLayers), nameof(InferenceWorkload.GpuCount), nameof(InferenceWorkload.MainGpu),
        nameof(InferenceWorkload.NoMemoryMap), nameof(InferenceWorkload.DeviceMemory),
        nameof(InferenceWorkload.Projector), nameof(InferenceWorkload.LoraAdapter),
    };

    private protected override LlamaCppSettings ToSettings(LlamaCppModel model, InferenceWorkload workload)
    {
        var defaults = new OllamaSettings();
        return new OllamaSettings
        {
            ContextLength = workload.ContextLength,
            ParallelRequests = Slots(workload) ?? defaults.ParallelRequests,
            GpuMemoryBytes = GpuMemory(workload),
            KvCacheType = CacheTypeOf(workload) ?? defaults.KvCacheType,
            GpuLayers = workload.GpuLayers,
            DeviceCount = workload.GpuCount ?? defaults.DeviceCount,
            MainGpu = workload.MainGpu ?? defaults.MainGpu,
            MemoryMap = workload.NoMemoryMap != true,
            Projector = FurtherModelKind.Projector(workload),
            Adapters = FurtherModelKind.Adapters(workload),
        }.For(model);
    }

    /// <summary>num_ctx is that of one request: Ollama multiplies it by its parallel ones.</summary>
    private protected override long ContextOf(LlamaCppMemory memory)
    {
        return memory.ContextLength / memory.Slots;
    }

    private protected override IEnumerable<string> OwnAssumptions(InferenceWorkload workload)
    {
        if (workload.ContextLength is null)
        {
            yield return "Ollama's default context, by the memory of all GPUs and at most the model's own (-ContextLength).";
        }

        if (workload.Concurrency is null)
        {
            yield return "One request at a time, OLLAMA_NUM_PARALLEL 1 (-Concurrency).";
        }

        yield return "Ollama sets 457 MiB aside on each GPU, whatever llama.cpp takes there beside its buffers.";
        yield return "Ollama's rules as of llm/llama_server.go; models that run on its own engine or on MLX are not modelled.";    }

    private static long? GpuMemory(InferenceWorkload workload)
    {
        return workload.GpuCount == 0 ? 0
            : workload.DeviceMemory is { } memory ? checked(memory * (workload.GpuCount ?? 1))
            : null;
    }

    // One type for keys and values. Source: ollama/ollama, fs/ggml/ggml.go (SupportsKVCacheType).
    private static DataType? CacheTypeOf(InferenceWorkload workload)
    {
        if (workload.ValueCacheType is { } values && values != (workload.KvCacheType ?? CacheTypes.F16))
        {
            throw new LlmMemoryException(
                ErrorIds.KvCacheTypeUnsupported, values.Name, "Ollama caches keys and values in one type. Leave -ValueCacheType out.");
        }

        return workload.KvCacheType is null or { Name: "f16" or "q8_0" or "q4_0" }
            ? TypeOf(workload.KvCacheType)
            : throw new LlmMemoryException(
                ErrorIds.KvCacheTypeUnsupported,
                workload.KvCacheType.Name,
                $"Ollama has no KV cache in {workload.KvCacheType}: it has f16, q8_0 and q4_0. Write -KvCacheType q8_0.");
    }
}
