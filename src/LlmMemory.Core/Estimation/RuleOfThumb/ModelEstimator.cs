using System;
using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Quantities;
using LlmMemory.Workloads;

namespace LlmMemory.Estimation.RuleOfThumb;

/// <summary>Estimates serving or training a whole model of which only the parameter count is known.</summary>
public static class ModelEstimator
{
    /// <summary>Estimates one model under one mode. What is null was not said; the default is taken and reported.</summary>
    /// <param name="parameters">The count of weights, at least 1.</param>
    /// <param name="dataType">How they are stored; BF16 when null.</param>
    /// <param name="mode">Inference when null.</param>
    /// <param name="training">How the model is trained; read only in training.</param>
    /// <exception cref="LlmMemoryException">A figure is out of range, or <see cref="ErrorIds.EstimateOverflow"/>.</exception>
    public static MemoryEstimate Estimate(
        long parameters, DataType? dataType, EstimateMode? mode, TrainingWorkload training)
    {
        if (training is null)
        {
            throw new ArgumentNullException(nameof(training));
        }

        ParameterCount.EnsureInRange(parameters);
        var assumptions = new List<string>();
        assumptions.AddIf(dataType is null, RuleAssumptions.DefaultDataType);
        assumptions.AddIf(mode is null, RuleAssumptions.DefaultMode);
        var storedAs = dataType ?? DataTypeCatalogue.Default;
        try
        {
            return (mode ?? EstimateMode.Default) == EstimateMode.Training
                ? EstimateTraining(parameters, storedAs, training, assumptions)
                : EstimateInference(parameters, storedAs, assumptions);
        }
        catch (OverflowException overflow)
        {
            throw EstimateOverflow.Of(parameters, storedAs, overflow);
        }
    }

    private static MemoryEstimate EstimateInference(long parameters, DataType dataType, List<string> assumptions)
    {
        var storage = dataType.GetBytes(parameters);
        assumptions.Add(RuleAssumptions.InferenceScope);
        var subject = new EstimateSubject
        {
            Method = EstimateMethod.RuleOfThumb,
            Parameters = parameters,
            DataType = dataType.Name,
            Mode = EstimateMode.Inference.Name,
        };
        var figures = new RuleOfThumbFigures { StorageBytes = storage, InferenceBytes = storage };
        return new MemoryEstimate(subject, figures, [RuleComponents.Weights("Weights", parameters, dataType)], assumptions);
    }

    private static MemoryEstimate EstimateTraining(
        long parameters, DataType dataType, TrainingWorkload workload, List<string> assumptions)
    {
        RuleAssumptions.AddTraining(assumptions, workload, dataType);
        assumptions.Add(RuleAssumptions.TrainingScope);
        var training = new ResolvedTraining(workload);
        var sum = new TrainingSum(StoredWeights.Counted(parameters, dataType), training);
        var subject = new EstimateSubject
        {
            Method = EstimateMethod.RuleOfThumb,
            Parameters = parameters,
            DataType = dataType.Name,
            Mode = EstimateMode.Training.Name,
            Training = training,
        };
        return new MemoryEstimate(subject, sum.ToFigures(sum.StorageBytes), sum.ToComponents(TrainingNames.Model), assumptions);
    }
}
