using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation.Cases;
using LlmMemory.Estimation.Serving;

namespace LlmMemory.Planning.Deployments;

/// <summary>
/// Served by ranks that split each layer, within one machine, and stages over machines. Stages are added to ranks that
/// fill a machine, or are as many as the model allows in one, until one copy serves all requests; before that, copies
/// share them. Source: vllm-project/vllm, docs/serving/parallelism_scaling.md. Every other layout is tried where every
/// layout is asked for.
/// </summary>
internal sealed class RankLayouts : LayoutSpace
{
    private readonly Dictionary<int, string?> _refusals = [];
    private readonly ServingCase _served;

    /// <summary>Prepares the layouts of a case, whose refusals do not depend on a device.</summary>
    public RankLayouts(ServingCase served)
    {
        _served = served;
    }

    /// <inheritdoc/>
    public override IEnumerable<DeploymentTrial> Trials(EstimateCase asked, DeploymentCandidate candidate, DeploymentTerms terms)
    {
        int[] all = [.. Ranks(candidate)];
        var most = all.Where(ranks => RefusalOf(ranks) is null).DefaultIfEmpty(0).Max();
        foreach (var ranks in all)
        {
            if (RefusalOf(ranks) is { } refusal)
            {
                if (terms.IncludeRejected)
                {
                    yield return new DeploymentTrial(candidate, With(ranks, 1), ranks, 1, null, refusal);
                }

                continue;
            }

            foreach (var trial in Stages(ranks, candidate, terms, terms.EveryLayout || ranks == most))
            {
                yield return trial;
            }
        }
    }

    private IEnumerable<DeploymentTrial> Stages(int ranks, DeploymentCandidate candidate, DeploymentTerms terms, bool addsStages)
    {
        foreach (var stages in StageCounts(ranks, candidate, addsStages))
        {
            var gpus = ranks * stages;
            if (IsHopeless(gpus, candidate) && !terms.IncludeRejected)
            {
                continue;
            }

            var trial = Share(With(ranks, stages), gpus, candidate, terms);
            yield return trial;
            if (trial is { Fits: true, Copies: 1 })
            {
                yield break;
            }
        }
    }

    private IEnumerable<int> Ranks(DeploymentCandidate candidate)
    {
        var most = _served.Prepared.Engine.Splitting == DeviceSplitting.None ? 1 : candidate.GpusPerNode;
        return _served.Workload.TensorParallel is { } said ? [said] : Enumerable.Range(1, most);
    }

    private IEnumerable<int> StageCounts(int ranks, DeploymentCandidate candidate, bool addsStages)
    {
        if (_served.Workload.PipelineParallel is { } said)
        {
            return [said];
        }

        if (!addsStages || _served.Prepared.Engine.Splitting == DeviceSplitting.None)
        {
            return ranks <= candidate.MaxGpus ? [1] : [];
        }

        var layers = _served.Prepared.Model.Architecture?.Layers.Count ?? 1;
        return Enumerable.Range(1, Math.Min(layers, candidate.MaxGpus / ranks));
    }

    // One copy takes as many requests as it can; what is left takes further copies, alike.
    private static DeploymentTrial Share(ServingCase layout, int gpus, DeploymentCandidate candidate, DeploymentTerms terms)
    {
        var wanted = layout.Workload.Concurrency ?? 1;
        var whole = Try(candidate, layout, gpus, 1, terms);
        if (whole.Fits || whole.Fit is null || wanted == 1)
        {
            return whole;
        }

        var most = MostRequests.Of(layout, candidate.Pool.Take(gpus), wanted, terms.Fit);
        if (most == 0)
        {
            return whole;
        }

        var copies = CopiesFor(wanted, most);
        if ((long)copies * gpus > candidate.MaxGpus)
        {
            return whole with { Refusal = $"{wanted} requests take {copies} copies of {gpus} device(s), and there are {candidate.MaxGpus}: {whole.Reason}" };
        }

        return Try(candidate, layout.With(layout.Workload with { Concurrency = CopiesFor(wanted, copies) }), gpus, copies, terms);
    }

    private string? RefusalOf(int ranks)
    {
        if (!_refusals.TryGetValue(ranks, out var refusal))
        {
            _refusals[ranks] = refusal = Refuse(ranks);
        }

        return refusal;
    }

    private string? Refuse(int ranks)
    {
        try
        {
            With(ranks, 1).Estimate();
            return null;
        }
        catch (LlmMemoryException error)
        {
            return error.Message;
        }
    }

    private ServingCase With(int ranks, int stages)
    {
        return _served.With(_served.Workload with { TensorParallel = ranks, PipelineParallel = stages, DataParallel = null });
    }

    // The fullest device holds no less than an equal share of the weights.
    private bool IsHopeless(int gpus, DeploymentCandidate candidate)
    {
        return _served.Prepared.Model.WeightBytes / gpus > candidate.Pool.Devices.Max(device => device.AvailableBytes);
    }
}
