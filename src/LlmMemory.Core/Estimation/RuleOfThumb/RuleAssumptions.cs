using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Workloads;

namespace LlmMemory.Estimation.RuleOfThumb;

/// <summary>The sentences of <see cref="MemoryEstimate.Assumptions"/>: defaults taken, and what the rule leaves out.</summary>
internal static class RuleAssumptions
{
    public const string InferenceScope =
        "Weights only: the rule of thumb counts no KV cache, no activations and no engine overhead.";

    public const string TrainingScope =
        "One device, nothing sharded; activations are what the training multiplier allows, whatever the batch and the sequence length.";

    public const string AdapterScope =
        "Base model as for inference, adapter as for training; activations of the base model are not counted.";

    public const string NarrowTraining =
        "Gradients and optimizer states in the weights' own narrow data type, as the rule says; frameworks keep them in 16 or 32 bits.";

    public static readonly string DefaultDataType =
        $"Data type {DataTypeCatalogue.Default.Name}, as none was given (-DataType).";

    public static readonly string DefaultBaseDataType =
        $"Base data type {DataTypeCatalogue.Default.Name}, as none was given (-BaseDataType).";

    public static readonly string DefaultAdapterDataType =
        $"Adapter data type {AdapterWorkload.DefaultAdapterDataType.Name}, as none was given (-AdapterDataType).";

    public static readonly string DefaultMode =
        $"Mode {EstimateMode.Default.Name}, as none was given (-Mode).";

    private static readonly string DefaultOptimizer =
        $"Optimizer {Optimizer.Default.Name}, as none was given (-Optimizer).";

    private static readonly string DefaultMargin =
        $"Safety margin {SafetyMargin.Format(SafetyMargin.Default)}, as none was given (-SafetyMargin).";

    private static readonly string DefaultMultiplier =
        $"Training multiplier {TrainingMultiplier.Format(TrainingMultiplier.Default)}, as none was given (-TrainingMultiplier).";

    /// <summary>Adds the training defaults that stand in for what was not said.</summary>
    public static void AddTraining(ICollection<string> assumptions, TrainingWorkload workload, DataType trainedType)
    {
        AddIf(assumptions, workload.Optimizer is null, DefaultOptimizer);
        AddIf(assumptions, workload.TrainingMultiplier is null, DefaultMultiplier);
        AddIf(assumptions, workload.SafetyMargin is null, DefaultMargin);
        AddIf(assumptions, trainedType.BitsPerWeight < 16, NarrowTraining);
    }

    /// <summary>Adds the sentence where it holds.</summary>
    public static void AddIf(ICollection<string> assumptions, bool holds, string sentence)
    {
        if (holds)
        {
            assumptions.Add(sentence);
        }
    }
}
