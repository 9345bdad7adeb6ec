using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation.Cases;
using LlmMemory.Naming;

namespace LlmMemory.Planning.Deployments;

/// <summary>Looks for ways to run a case on candidates, and ranks them.</summary>
public static class DeploymentSearch
{
    /// <summary>The plans, the best first.</summary>
    /// <param name="asked">The case. What it says about layouts is kept; what it does not say is looked for.</param>
    /// <param name="candidates">The devices that may be used.</param>
    /// <param name="terms">What may be changed, and what is preferred.</param>
    /// <param name="progress">Told the share of the candidates that are done; may be null.</param>
    /// <exception cref="LlmMemoryException">The case is refused whatever the devices; <see cref="ErrorIds.PricesMissing"/>.</exception>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public static IReadOnlyList<DeploymentPlan> Find(
        EstimateCase asked, IReadOnlyList<DeploymentCandidate> candidates, DeploymentTerms terms, Action<double>? progress = null)
    {
        if (asked is null || candidates is null || terms is null)
        {
            throw new ArgumentNullException(asked is null ? nameof(asked) : candidates is null ? nameof(candidates) : nameof(terms));
        }

        EnsurePriced(candidates, terms);
        var order = new DeploymentOrder(terms.Objective);
        var found = new List<DeploymentPlan>();
        Variant[] variants = [.. Variants(asked, terms)];
        for (var index = 0; index < candidates.Count; index++)
        {
            progress?.Invoke(index / (double)candidates.Count);
            foreach (var variant in variants)
            {
                found.AddRange(PlansOn(candidates[index], variant, terms, order));
            }
        }

        var rank = 0;
        return [.. found.OrderBy(plan => plan, order).Select(plan => plan.Fits ? plan.At(++rank) : plan)];
    }

    private static IEnumerable<DeploymentPlan> PlansOn(DeploymentCandidate candidate, Variant variant, DeploymentTerms terms, DeploymentOrder order)
    {
        if (candidate.Gpu is { } gpu && EngineDevices.Refusal(variant.Case, gpu) is { } refusal)
        {
            return terms.IncludeRejected ? [new DeploymentPlan(new DeploymentTrial(candidate, variant.Case, 1, 1, null, refusal), terms)] : [];
        }

        DeploymentPlan[] plans = [.. variant.Layouts.Trials(variant.Case, candidate, terms)
            .Select(trial => new DeploymentPlan(trial with { Rung = variant.Rung }, terms))];
        if (terms.EveryLayout)
        {
            return plans.Where(plan => plan.Fits || terms.IncludeRejected);
        }

        // Of those that do not fit, the one that comes closest explains best.
        var best = plans.Where(plan => plan.Fits).OrderBy(plan => plan, order).FirstOrDefault();
        return best is not null ? [best]
            : terms.IncludeRejected ? plans.OrderByDescending(plan => plan.HeadroomBytes ?? long.MinValue).Take(1)
            : [];
    }

    // What may be stored in fewer bits: the weights, by the formats that the engine loads, and the cache.
    private static IEnumerable<Variant> Variants(EstimateCase asked, DeploymentTerms terms)
    {
        yield return new Variant(asked, 0);
        if (!terms.AllowQuantization)
        {
            yield break;
        }

        var rung = 0;
        foreach (var stored in WeightLadder.Below(asked).Select(format => TryStore(asked, format)).Prepend(asked).OfType<EstimateCase>())
        {
            if (stored != asked)
            {
                yield return new Variant(stored, ++rung);
            }

            if (CacheLadder.Below(stored) is { } cached)
            {
                yield return new Variant(cached, ++rung);
            }
        }
    }

    private static EstimateCase? TryStore(EstimateCase asked, INamed format)
    {
        try
        {
            return asked.StoredAs(format);
        }
        catch (LlmMemoryException error) when (error.ErrorId is ErrorIds.ModelAlreadyQuantized or ErrorIds.QuantizationImpossible)
        {
            return null;
        }
    }

    private static void EnsurePriced(IReadOnlyList<DeploymentCandidate> candidates, DeploymentTerms terms)
    {
        if (terms.Objective == DeploymentObjective.LowestCost && candidates.All(candidate => candidate.Price is null))
        {
            throw new LlmMemoryException(
                ErrorIds.PricesMissing,
                terms.Objective.Name,
                "No prices are given to find the lowest cost by. Give a list with the columns Gpu or Instance and PricePerHour: -PriceList (Import-Csv prices.csv).");
        }
    }

    private sealed class Variant(EstimateCase asked, int rung)
    {
        public EstimateCase Case => asked;

        public int Rung => rung;

        public LayoutSpace Layouts { get; } = LayoutSpace.Of(asked);
    }
}
