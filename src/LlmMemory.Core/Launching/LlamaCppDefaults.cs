using System.Linq;
using LlmMemory.Estimation.Serving.LlamaCpp;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Launching;

/// <summary>
/// What estimates of llama.cpp, and of programs around it, have from llama.cpp or the program and not from somebody:
/// their workloads are resolved, and not every default is a sentence there.
/// </summary>
internal static class LlamaCppDefaults
{
    private static readonly string[] Engines = ["LlamaCpp", "Ollama", "LMStudio"];

    // Ollama and LM Studio start llama.cpp with batches of 512 (ollama/ollama api/types.go, DefaultOptions).
    private const int FrontEndBatchSize = 512;

    private static readonly LlamaCppSettings Server = new();

    /// <summary>True where llama.cpp runs the model.</summary>
    public static bool Run(LaunchRequest request)
    {
        return Engines.Contains(request.Engine);
    }

    /// <summary>True where a setting's value is what the program takes by itself.</summary>
    public static bool Has(LaunchRequest request, string setting)
    {
        if (!Run(request) || request.Serving is not { } workload)
        {
            return false;
        }

        return setting switch
        {
            nameof(InferenceWorkload.ContextLength) => Says(request, "The context length is the model's own"),
            nameof(InferenceWorkload.BatchSize) => workload.BatchSize == BatchSize(request),
            nameof(InferenceWorkload.MicroBatchSize) => workload.MicroBatchSize == Server.MicroBatchSize,
            nameof(InferenceWorkload.KvCacheType) => workload.KvCacheType == CacheTypes.F16,
            nameof(InferenceWorkload.ValueCacheType) => workload.ValueCacheType == workload.KvCacheType || workload.ValueCacheType == CacheTypes.F16,
            nameof(InferenceWorkload.FlashAttention) => workload.FlashAttention == true && Says(request, "Flash attention is on: llama.cpp takes it"),
            _ => false,
        };
    }

    private static int BatchSize(LaunchRequest request)
    {
        return request.Engine == Engines[0] ? Server.BatchSize : FrontEndBatchSize;
    }

    private static bool Says(LaunchRequest request, string sentence)
    {
        return request.Assumptions.Any(assumption => assumption.Contains(sentence));
    }
}
