using System;
using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Quantities;
using LlmMemory.Workloads;

namespace LlmMemory.Estimation.RuleOfThumb;

/// <summary>
/// Estimates a LoRA or QLoRA fine-tuning of which only the parameter counts are known: the inference memory of the
/// base model and the training memory of the adapter (LoRA: arXiv:2106.09685; QLoRA: arXiv:2305.14314).
/// </summary>
public static class AdapterEstimator
{
    private static readonly EstimatePhases Phases = new("Training");

    /// <summary>Estimates one fine-tuning. What is null was not said; the default is taken and reported.</summary>
    /// <param name="parameters">The base model's count of weights, at least 1.</param>
    /// <param name="baseDataType">How they are stored; BF16 when null. Four bits make the LoRA a QLoRA.</param>
    /// <param name="adapter">The adapter and how it is trained.</param>
    /// <exception cref="LlmMemoryException">A figure is out of range, or <see cref="ErrorIds.EstimateOverflow"/>.</exception>
    public static MemoryEstimate Estimate(long parameters, DataType? baseDataType, AdapterWorkload adapter)
    {
        if (adapter is null)
        {
            throw new ArgumentNullException(nameof(adapter));
        }

        ParameterCount.EnsureInRange(parameters);
        ParameterCount.EnsureInRange(adapter.AdapterParameters);
        var baseStoredAs = baseDataType ?? DataTypeCatalogue.Default;
        var adapterStoredAs = adapter.AdapterDataType ?? AdapterWorkload.DefaultAdapterDataType;
        var assumptions = Assumptions(baseDataType, adapter, adapterStoredAs);
        try
        {
            return Estimate(parameters, baseStoredAs, adapter, adapterStoredAs, assumptions);
        }
        catch (OverflowException overflow)
        {
            throw EstimateOverflow.Of(Math.Max(parameters, adapter.AdapterParameters), baseStoredAs, overflow);
        }
    }

    private static MemoryEstimate Estimate(
        long parameters,
        DataType baseDataType,
        AdapterWorkload adapter,
        DataType adapterDataType,
        IList<string> assumptions)
    {
        var training = new ResolvedTraining(adapter.Training);
        var sum = new TrainingSum(StoredWeights.Counted(adapter.AdapterParameters, adapterDataType), training);
        var baseWeights = RuleComponents.Weights("Base weights", parameters, baseDataType);
        var subject = new EstimateSubject
        {
            Phases = Phases,
            Method = EstimateMethod.RuleOfThumb,
            Parameters = parameters,
            DataType = baseDataType.Name,
            Mode = baseDataType.IsFourBitOrLess ? "QLoRA" : "LoRA",
            Training = training,
            AdapterParameters = adapter.AdapterParameters,
            AdapterDataType = adapterDataType.Name,
        };
        ComponentDraft[] components = [baseWeights, .. sum.ToComponents(TrainingNames.Adapter)];
        return new MemoryEstimate(subject, sum.ToFigures(baseWeights.Bytes), components, assumptions);
    }

    private static List<string> Assumptions(DataType? baseDataType, AdapterWorkload adapter, DataType adapterStoredAs)
    {
        var assumptions = new List<string>();
        assumptions.AddIf(baseDataType is null, RuleAssumptions.DefaultBaseDataType);
        assumptions.AddIf(adapter.AdapterDataType is null, RuleAssumptions.DefaultAdapterDataType);
        RuleAssumptions.AddTraining(assumptions, adapter.Training, adapterStoredAs);
        assumptions.Add(RuleAssumptions.AdapterScope);
        return assumptions;
    }
}
