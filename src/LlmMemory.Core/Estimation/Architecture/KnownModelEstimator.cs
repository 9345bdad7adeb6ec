using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation.RuleOfThumb;
using LlmMemory.Models;
using LlmMemory.Workloads;

namespace LlmMemory.Estimation.Architecture;

/// <summary>
/// Estimates serving or training a model that is known. Its weights are the sum over its tensors; what training adds
/// to them is still the rule of thumb, and the estimate says so.
/// </summary>
public static class KnownModelEstimator
{
    /// <summary>Estimates one model under one mode. What is null was not said; the default is taken and reported.</summary>
    /// <param name="model">The model, its weights stored as they will be.</param>
    /// <param name="mode">Inference when null.</param>
    /// <param name="training">How the model is trained; read only in training.</param>
    /// <exception cref="LlmMemoryException">A figure is out of range, or <see cref="ErrorIds.EstimateOverflow"/>.</exception>
    public static MemoryEstimate Estimate(LlmModel model, EstimateMode? mode, TrainingWorkload training)
    {
        if (model is null || training is null)
        {
            throw new ArgumentNullException(model is null ? nameof(model) : nameof(training));
        }

        var assumptions = new List<string>(model.Assumptions);
        assumptions.AddIf(mode is null, RuleAssumptions.DefaultMode);
        try
        {
            return (mode ?? EstimateMode.Default) == EstimateMode.Training
                ? EstimateTraining(model, training, assumptions)
                : EstimateInference(model, assumptions);
        }
        catch (OverflowException overflow)
        {
            throw EstimateOverflow.Of(model, overflow);
        }
    }

    private static MemoryEstimate EstimateInference(LlmModel model, List<string> assumptions)
    {
        assumptions.AddIf(model.Tensors.Any(IsMtp), KnownModelAssumptions.MtpCounted);
        assumptions.Add(RuleAssumptions.InferenceScope);
        var subject = KnownModelSubject.Of(model, EstimateMode.Inference.Name);
        var figures = new RuleOfThumbFigures { StorageBytes = model.WeightBytes, InferenceBytes = model.WeightBytes };
        return new MemoryEstimate(subject, figures, WeightComponents.Of(model), assumptions);
    }

    private static MemoryEstimate EstimateTraining(LlmModel model, TrainingWorkload workload, List<string> assumptions)
    {
        RuleAssumptions.AddTrainingDefaults(assumptions, workload);
        assumptions.AddIf(model.Quantization is not null, RuleAssumptions.NarrowTraining);
        assumptions.Add(KnownModelAssumptions.TrainingByRule);
        var training = new ResolvedTraining(workload);
        var sum = new TrainingSum(StoredWeights.Of(model), training);
        var subject = KnownModelSubject.Of(model, EstimateMode.Training.Name) with { Training = training };
        return new MemoryEstimate(subject, sum.ToFigures(model.WeightBytes), sum.ToComponents(TrainingNames.Model), assumptions);
    }

    private static bool IsMtp(ModelTensor tensor)
    {
        return tensor.PartKind == ModelPart.Mtp;
    }
}
