using System;
using LlmMemory.Errors;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// The cache types of engines that keep one pool for keys and values alike: the model's own, 16 bits (a model may be run
/// in either kind of them), and a few that round.
/// </summary>
internal static class PooledCacheType
{
    /// <summary>Refuses what the engine does not have.</summary>
    /// <param name="served">The model.</param>
    /// <param name="workload">What was said.</param>
    /// <param name="engine">The engine's name.</param>
    /// <param name="further">The types that it has beside the model's own and those of 16 bits.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.KvCacheTypeUnsupported"/>.</exception>
    public static void Check(ServedModel served, InferenceWorkload workload, string engine, params CacheType[] further)
    {
        var said = workload.KvCacheType;
        if (said is not null && said != served.CacheType && said != CacheTypes.F16 && said != CacheTypes.BF16 && Array.IndexOf(further, said) < 0)
        {
            throw new LlmMemoryException(
                ErrorIds.KvCacheTypeUnsupported,
                said.Name,
                $"{engine} has no KV cache in {said} for {Quoted.Value(served.Model.Name)}. Write -KvCacheType fp8.");
        }

        if (workload.ValueCacheType is { } values && values != (said ?? served.CacheType))
        {
            throw new LlmMemoryException(
                ErrorIds.KvCacheTypeUnsupported, values.Name, $"{engine} caches keys and values in one type. Leave -ValueCacheType out.");
        }
    }
}
