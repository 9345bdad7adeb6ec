using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Workloads;

namespace LlmMemory.Estimation.RuleOfThumb;

/// <summary>The sentences of <see cref="MemoryEstimate.Assumptions"/>: defaults taken, and what the rule leaves out.</summary>
internal static class RuleAssumptions
{
    public const string InferenceScope =
        "Weights only: no KV cache, activations or engine overhead.";

    public const string TrainingScope =
        "One device; activations as the multiplier allows, whatever the batch.";

    public const string AdapterScope =
        "One device; activations of the base model are not counted.";

    public const string NarrowTraining =
        "Gradients and states as narrow as the weights; frameworks keep 16 or 32 bits.";

    public static readonly string DefaultDataType =
        $"Data type {DataTypeCatalogue.Default.Name} by default (-DataType).";

    public static readonly string DefaultBaseDataType =
        $"Base data type {DataTypeCatalogue.Default.Name} by default (-BaseDataType).";

    public static readonly string DefaultAdapterDataType =
        $"Adapter data type {AdapterWorkload.DefaultAdapterDataType.Name} by default (-AdapterDataType).";

    public static readonly string DefaultMode =
        $"Mode {EstimateMode.Default.Name} by default (-Mode).";

    public static readonly string DefaultOptimizer =
        $"Optimizer {Optimizer.Default.Name} by default (-Optimizer).";

    private static readonly string DefaultMargin =
        $"Safety margin {SafetyMargin.Format(SafetyMargin.Default)} by default (-SafetyMargin).";

    private static readonly string DefaultMultiplier =
        $"Training multiplier {TrainingMultiplier.Format(TrainingMultiplier.Default)} by default (-TrainingMultiplier).";

    /// <summary>Adds the training defaults that stand in for what was not said.</summary>
    public static void AddTraining(ICollection<string> assumptions, TrainingWorkload workload, DataType trainedType)
    {
        AddTrainingDefaults(assumptions, workload);
        assumptions.AddIf(trainedType.BitsPerWeight < 16, NarrowTraining);
    }

    /// <summary>Adds the training defaults, whatever the trained weights are stored in.</summary>
    public static void AddTrainingDefaults(ICollection<string> assumptions, TrainingWorkload workload)
    {
        assumptions.AddIf(workload.Optimizer is null, DefaultOptimizer);
        assumptions.AddIf(workload.TrainingMultiplier is null, DefaultMultiplier);
        assumptions.AddIf(workload.SafetyMargin is null, DefaultMargin);
    }
}
