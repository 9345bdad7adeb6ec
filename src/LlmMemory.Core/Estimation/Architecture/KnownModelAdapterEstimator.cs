using System;
using System.Collections.Generic;
using LlmMemory.Errors;
using LlmMemory.Estimation.RuleOfThumb;
using LlmMemory.Models;
using LlmMemory.Quantities;
using LlmMemory.Workloads;

namespace LlmMemory.Estimation.Architecture;

/// <summary>
/// Estimates a LoRA or QLoRA fine-tuning of a model that is known: the weights of its tensors, and by the rule of
/// thumb the training memory of the adapter (LoRA: arXiv:2106.09685; QLoRA: arXiv:2305.14314).
/// </summary>
public static class KnownModelAdapterEstimator
{
    /// <summary>Estimates one fine-tuning. What is null was not said; the default is taken and reported.</summary>
    /// <param name="model">The base model, its weights stored as they will be. Four bits make the LoRA a QLoRA.</param>
    /// <param name="adapter">The adapter and how it is trained.</param>
    /// <exception cref="LlmMemoryException">A figure is out of range, or <see cref="ErrorIds.EstimateOverflow"/>.</exception>
    public static MemoryEstimate Estimate(LlmModel model, AdapterWorkload adapter)
    {
        if (model is null || adapter is null)
        {
            throw new ArgumentNullException(model is null ? nameof(model) : nameof(adapter));
        }

        ParameterCount.EnsureInRange(adapter.AdapterParameters);
        try
        {
            return EstimateInRange(model, adapter);
        }
        catch (OverflowException overflow)
        {
            throw EstimateOverflow.Of(model, overflow);
        }
    }

    private static MemoryEstimate EstimateInRange(LlmModel model, AdapterWorkload adapter)
    {
        var dataType = adapter.AdapterDataType ?? AdapterWorkload.DefaultAdapterDataType;
        var training = new ResolvedTraining(adapter.Training);
        var sum = new TrainingSum(StoredWeights.Counted(adapter.AdapterParameters, dataType), training);
        var stored = StoredWeights.Of(model);
        var baseWeights = new ComponentDraft(
            ComponentRole.Weights, "Base weights", stored.Bytes, stored.Formula, WeightComponents.Source);
        var subject = KnownModelSubject.Of(model, model.IsFourBitOrLess ? "QLoRA" : "LoRA") with
        {
            Training = training,
            AdapterParameters = adapter.AdapterParameters,
            AdapterDataType = dataType.Name,
        };
        ComponentDraft[] components = [baseWeights, .. sum.ToComponents(TrainingNames.Adapter)];
        return new MemoryEstimate(subject, sum.ToFigures(stored.Bytes), components, Assumptions(model, adapter));
    }

    private static List<string> Assumptions(LlmModel model, AdapterWorkload adapter)
    {
        var assumptions = new List<string>(model.Assumptions);
        assumptions.AddIf(adapter.AdapterDataType is null, RuleAssumptions.DefaultAdapterDataType);
        RuleAssumptions.AddTrainingDefaults(assumptions, adapter.Training);
        assumptions.Add(KnownModelAssumptions.AdapterByRule);
        return assumptions;
    }
}
