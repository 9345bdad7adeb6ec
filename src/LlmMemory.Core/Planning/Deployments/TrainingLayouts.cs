using System.Collections.Generic;
using LlmMemory.Estimation.Cases;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Planning.Deployments;

/// <summary>
/// Trained by ranks with samples of their own. For each number of ranks, what costs least time comes first: nothing
/// recomputed before everything, and less shared before more.
/// </summary>
internal sealed class TrainingLayouts : LayoutSpace
{
    private static readonly Sharding[] Ladder = [Sharding.None, Sharding.ZeroOne, Sharding.ZeroTwo, Sharding.ZeroThree];

    /// <inheritdoc/>
    public override IEnumerable<DeploymentTrial> Trials(EstimateCase asked, DeploymentCandidate candidate, DeploymentTerms terms)
    {
        var trained = (TrainingCase)asked;
        IEnumerable<int> sizes = trained.Run.DataParallel is { } said ? [said] : Sizes(candidate);
        foreach (var ranks in sizes)
        {
            var fits = false;
            foreach (var run in Runs(trained.Run, ranks))
            {
                var trial = Try(candidate, trained.With(run), ranks, 1, terms);
                yield return trial;
                if (trial.Fits)
                {
                    fits = true;
                    break;
                }
            }

            if (fits)
            {
                yield break;
            }
        }
    }

    private static IEnumerable<TrainingRun> Runs(TrainingRun asked, int ranks)
    {
        Recomputation?[] recomputations = asked.Recompute is null ? [Recomputation.None, Recomputation.Full] : [asked.Recompute];
        IEnumerable<Sharding?> shardings = asked.Sharding is not null || ranks == 1 ? new[] { asked.Sharding } : Ladder;
        foreach (var sharding in shardings)
        {
            foreach (var recomputation in recomputations)
            {
                yield return asked with { DataParallel = ranks, Sharding = sharding, Recompute = recomputation };
            }
        }
    }
}
