using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Planning.Deployments;

/// <summary>Looks for what would help a workload that fits nowhere: one changed setting at a time, on the devices that come closest.</summary>
public static class AdviceSearch
{
    /// <summary>The advice, what frees most first; none where nothing was judged.</summary>
    /// <param name="rejected">Plans that do not fit.</param>
    /// <param name="terms">How careful a verdict is.</param>
    public static IReadOnlyList<DeploymentAdvice> Find(IEnumerable<DeploymentPlan> rejected, FitTerms terms)
    {
        var closest = (rejected ?? throw new ArgumentNullException(nameof(rejected)))
            .Where(plan => plan.HeadroomBytes is not null)
            .OrderByDescending(plan => plan.HeadroomBytes)
            .FirstOrDefault();
        return closest is null ? [] : [.. Around(closest.Trial, closest.Fit!, terms).OrderByDescending(advice => advice.FreedBytes)];
    }

    private static IEnumerable<DeploymentAdvice> Around(DeploymentTrial trial, MemoryFit before, FitTerms terms)
    {
        var pool = trial.Candidate.Pool.Take(trial.GpusPerCopy);
        foreach (var change in SettingChanges.Of(trial.Case, before.Estimate))
        {
            if (TryJudge(change, pool, terms) is { RequiredBytes: { } required } after && required < before.RequiredBytes)
            {
                yield return new DeploymentAdvice(change.Setting, change.From, change.To, before, after);
            }
        }
    }

    private static MemoryFit? TryJudge(SettingChange change, DevicePool pool, FitTerms terms)
    {
        try
        {
            return FitJudge.Judge(change.Case, pool, terms);
        }
        catch (LlmMemoryException)
        {
            // What the engine refuses is no advice.
            return null;
        }
    }
}
