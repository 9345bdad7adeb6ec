using System;
using LlmMemory.Estimation.Cases;
using LlmMemory.Estimation.Serving;
using LlmMemory.Planning.Limits;

namespace LlmMemory.Planning.Deployments;

/// <summary>How many requests one copy of a served model takes.</summary>
internal static class MostRequests
{
    /// <summary>The most requests at once, up to what is wanted; 0 where not even one fits.</summary>
    public static long Of(ServingCase layout, DevicePool pool, long wanted, FitTerms terms)
    {
        var one = FitJudge.Judge(layout.With(layout.Workload with { Concurrency = 1 }), pool, terms);
        if (!one.Fits)
        {
            return 0;
        }

        // An engine that fills its devices says it; the others are asked.
        return layout.Prepared.Engine.Filling != DeviceFilling.None && !terms.IsCareful
            ? Math.Min(wanted, Math.Max(1, one.MaxConcurrency ?? 1))
            : Math.Min(wanted, LimitSearch.Find(layout, CountedSetting.Concurrency, LimitDirection.Maximize, pool, terms).Value as long? ?? 1);
    }
}
