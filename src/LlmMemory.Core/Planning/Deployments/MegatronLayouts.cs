using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation.Cases;

namespace LlmMemory.Planning.Deployments;

/// <summary>Trained by Megatron: ranks that split each layer within one machine, stages, and copies with samples of their own.</summary>
internal sealed class MegatronLayouts : LayoutSpace
{
    /// <inheritdoc/>
    public override IEnumerable<DeploymentTrial> Trials(EstimateCase asked, DeploymentCandidate candidate, DeploymentTerms terms)
    {
        var trained = (TrainingCase)asked;
        foreach (var gpus in Sizes(candidate))
        {
            var fits = false;
            foreach (var (ranks, stages) in Layouts(trained, candidate, gpus))
            {
                var run = trained.Run with { TensorParallel = ranks, PipelineParallel = stages, DataParallel = gpus / (ranks * stages) };
                var trial = Try(candidate, trained.With(run), gpus, 1, terms);
                fits |= trial.Fits;
                yield return trial;
            }

            if (fits)
            {
                yield break;
            }
        }
    }

    private static IEnumerable<(int Ranks, int Stages)> Layouts(TrainingCase trained, DeploymentCandidate candidate, int gpus)
    {
        return from ranks in Powers(candidate.GpusPerNode)
               where trained.Run.TensorParallel is null || trained.Run.TensorParallel == ranks
               from stages in Powers(gpus / ranks)
               where trained.Run.PipelineParallel is null || trained.Run.PipelineParallel == stages
               where gpus % (ranks * stages) == 0
               where trained.Run.DataParallel is null || trained.Run.DataParallel == gpus / (ranks * stages)
               select (ranks, stages);
    }

    private static IEnumerable<int> Powers(int most)
    {
        return Enumerable.Range(0, 16).Select(power => 1 << power).TakeWhile(value => value <= most);
    }
}
