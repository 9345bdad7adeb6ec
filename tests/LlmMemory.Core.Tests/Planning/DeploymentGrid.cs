using System;
using System.Collections.Generic;
using LlmMemory.Errors;
using LlmMemory.Planning;
using LlmMemory.Planning.Deployments;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Core.Tests.Planning;

/// <summary>A small grid of layouts, each of which can be judged.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Model">The model.</param>
/// <param name="Workload">What it is asked to do.</param>
/// <param name="Device">The device.</param>
/// <param name="Count">How many there are.</param>
/// <param name="PerNode">How many stand in one machine.</param>
internal sealed record DeploymentGrid(string Engine, string Model, InferenceWorkload Workload, DeviceBudget Device, int Count, int PerNode)
{
    public DeploymentCandidate Candidate => new(DevicePool.Of(Device, Count), PerNode);

    /// <summary>The plans that the search finds.</summary>
    public IReadOnlyList<DeploymentPlan> Search(DeploymentTerms terms)
    {
        return DeploymentSearch.Find(PlanningCases.Served(Engine, Model, Workload), [Candidate], terms);
    }

    /// <summary>Every layout that fits, without those that only add stages or copies to one that does the whole work.</summary>
    public IEnumerable<(int Ranks, int Stages, int Copies, MemoryFit Fit)> Layouts()
    {
        for (var ranks = 1; ranks <= Math.Min(PerNode, Count); ranks++)
        {
            for (var stages = 1; ranks * stages <= Count; stages++)
            {
                if (Fewest(ranks, stages) is not var (copies, fit))
                {
                    continue;
                }

                yield return (ranks, stages, copies, fit);
                if (copies == 1)
                {
                    break;
                }
            }
        }
    }

    private (int Copies, MemoryFit Fit)? Fewest(int ranks, int stages)
    {
        for (var copies = 1; ranks * stages * copies <= Count; copies++)
        {
            if (Judge(ranks, stages, copies) is { Fits: true } fit)
            {
                return (copies, fit);
            }
        }

        return null;
    }

    private MemoryFit? Judge(int ranks, int stages, int copies)
    {
        var each = (Workload.Concurrency + copies - 1) / copies;
        var layout = Workload with { TensorParallel = ranks, PipelineParallel = stages, Concurrency = each };
        try
        {
            return FitJudge.Judge(PlanningCases.Served(Engine, Model, layout), DevicePool.Of(Device, ranks * stages));
        }
        catch (LlmMemoryException)
        {
            return null;
        }
    }
}
