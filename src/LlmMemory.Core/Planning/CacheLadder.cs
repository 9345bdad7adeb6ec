using LlmMemory.Estimation.Cases;
using LlmMemory.Estimation.Serving;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Planning;

/// <summary>The cache in fewer bits, where the engine has such a type and nobody said one.</summary>
internal static class CacheLadder
{
    /// <summary>The case with its cache in 8 bits; null where that is no choice.</summary>
    public static EstimateCase? Below(EstimateCase asked)
    {
        return asked is ServingCase { Workload.KvCacheType: null, Prepared.Engine.Splitting: not DeviceSplitting.None } served
            ? served.With(served.Workload with { KvCacheType = EightBits(served.Prepared.Engine) })
            : null;
    }

    private static CacheType EightBits(ServingEngine engine)
    {
        return engine.Splitting == DeviceSplitting.Count ? CacheTypes.All.Find("q8_0") : CacheTypes.Fp8;
    }
}
