using System;
using System.Collections.Generic;
using LlmMemory.Errors;
using LlmMemory.Estimation.Cases;
using LlmMemory.Estimation.Serving;

namespace LlmMemory.Planning.Deployments;

/// <summary>
/// The layouts of a case on a candidate, those with fewer devices first. A layout that only adds devices to one that
/// already does the whole work is left out.
/// </summary>
internal abstract class LayoutSpace
{
    /// <summary>The layouts and the verdicts on them.</summary>
    public abstract IEnumerable<DeploymentTrial> Trials(EstimateCase asked, DeploymentCandidate candidate, DeploymentTerms terms);

    /// <summary>The space of a case.</summary>
    public static LayoutSpace Of(EstimateCase asked)
    {
        return asked switch
        {
            ServingCase { Prepared.Engine.Splitting: DeviceSplitting.Count } => new CountLayouts(),
            ServingCase served => new RankLayouts(served),
            TrainingCase { Framework.SplitsLayers: true } => new MegatronLayouts(),
            TrainingCase => new TrainingLayouts(),
            _ => new SumLayouts(),
        };
    }

    /// <summary>Judges a layout; what the engine refuses is a trial with its reason.</summary>
    private protected static DeploymentTrial Try(
        DeploymentCandidate candidate, EstimateCase layout, int gpus, int copies, DeploymentTerms terms)
    {
        terms.Stopping.ThrowIfCancellationRequested();
        try
        {
            return new DeploymentTrial(candidate, layout, gpus, copies, FitJudge.Judge(layout, candidate.Pool.Take(gpus), terms.Fit));
        }
        catch (LlmMemoryException refusal) when (refusal.ErrorId is not ErrorIds.FitBandMissing)
        {
            return new DeploymentTrial(candidate, layout, gpus, copies, null, refusal.Message);
        }
    }

    /// <summary>The sizes of groups of devices that people build: powers of two within a machine, then whole machines.</summary>
    private protected static IEnumerable<int> Sizes(DeploymentCandidate candidate)
    {
        for (var size = 1; size < candidate.GpusPerNode; size *= 2)
        {
            yield return size;
        }

        for (var nodes = 1; nodes * candidate.GpusPerNode <= candidate.MaxGpus; nodes++)
        {
            yield return nodes * candidate.GpusPerNode;
        }
    }

    /// <summary>Copies that requests are shared between.</summary>
    private protected static int CopiesFor(long requests, long perCopy)
    {
        return (int)Math.Min(int.MaxValue, (requests + perCopy - 1) / perCopy);
    }
}
