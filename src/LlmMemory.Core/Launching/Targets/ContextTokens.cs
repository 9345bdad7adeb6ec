using LlmMemory.Workloads.Serving;

namespace LlmMemory.Launching.Targets;

/// <summary>
/// The tokens of a request and of all together: estimates of llama.cpp and LM Studio have the context of all slots,
/// those of Ollama and all others that of one request.
/// </summary>
internal static class ContextTokens
{
    /// <summary>The tokens that one request may have; null where the context is not known.</summary>
    public static long? OfRequest(LaunchRequest request, InferenceWorkload workload)
    {
        return IsOfAll(request) && workload.UnifiedKv != true ? workload.ContextLength / (workload.Concurrency ?? 1) : workload.ContextLength;
    }

    /// <summary>The tokens of all requests that are in flight at a time.</summary>
    /// <exception cref="System.OverflowException">They do not fit 64 bits.</exception>
    public static long? OfAll(LaunchRequest request, InferenceWorkload workload)
    {
        return IsOfAll(request) ? workload.ContextLength : checked(workload.ContextLength * (workload.Concurrency ?? 1));
    }

    private static bool IsOfAll(LaunchRequest request)
    {
        return LlamaCppDefaults.Run(request) && request.Engine != "Ollama";
    }
}
