using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation.Cases;
using LlmMemory.Planning.Limits;

namespace LlmMemory.Planning.Deployments;

/// <summary>Served by llama.cpp, which spreads layers over the devices of one machine, and may leave some on the host.</summary>
internal sealed class CountLayouts : LayoutSpace
{
    /// <inheritdoc/>
    public override IEnumerable<DeploymentTrial> Trials(EstimateCase asked, DeploymentCandidate candidate, DeploymentTerms terms)
    {
        var served = (ServingCase)asked;
        int[] counts = served.Workload.GpuCount is { } said ? [said] : [.. Enumerable.Range(1, candidate.GpusPerNode)];
        foreach (var gpus in counts)
        {
            var trial = Try(candidate, On(served, gpus), gpus, 1, terms);
            yield return trial;
            if (trial.Fits)
            {
                yield break;
            }
        }

        if (!terms.AllowOffload || served.Workload.GpuLayers is not null)
        {
            yield break;
        }

        foreach (var gpus in counts)
        {
            if (Offloading(On(served, gpus), gpus, candidate, terms) is { } offloading)
            {
                yield return offloading;
            }
        }
    }

    private static ServingCase On(ServingCase served, int gpus)
    {
        return served.With(served.Workload with { GpuCount = gpus });
    }

    private static DeploymentTrial? Offloading(ServingCase layout, int gpus, DeploymentCandidate candidate, DeploymentTerms terms)
    {
        var limit = LimitSearch.Find(layout, CountedSetting.GpuLayers, LimitDirection.Maximize, candidate.Pool.Take(gpus), terms.Fit);
        return limit.Value is long layers
            ? Try(candidate, layout.With(layout.Workload with { GpuLayers = (int)layers }), gpus, 1, terms) with { Offloads = true }
            : null;
    }
}
