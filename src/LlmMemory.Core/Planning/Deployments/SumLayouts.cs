using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation.Cases;

namespace LlmMemory.Planning.Deployments;

/// <summary>A model of which only a sum is known: so many devices as hold it together.</summary>
internal sealed class SumLayouts : LayoutSpace
{
    /// <inheritdoc/>
    public override IEnumerable<DeploymentTrial> Trials(EstimateCase asked, DeploymentCandidate candidate, DeploymentTerms terms)
    {
        foreach (var gpus in Enumerable.Range(1, candidate.MaxGpus))
        {
            var trial = Try(candidate, asked, gpus, 1, terms);
            if (trial.Fits || gpus == candidate.MaxGpus)
            {
                yield return trial;
                yield break;
            }
        }
    }
}
