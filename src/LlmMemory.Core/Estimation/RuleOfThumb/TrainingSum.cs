using System;
using LlmMemory.DataTypes;
using LlmMemory.Workloads;

namespace LlmMemory.Estimation.RuleOfThumb;

/// <summary>
/// What the rule of thumb counts for training P weights of b bytes: storage S = P x b, training S x multiplier,
/// gradients P x b, optimizer states n x P x b, and a margin on the sum of the last three.
/// </summary>
internal sealed class TrainingSum
{
    private readonly long _parameters;
    private readonly DataType _dataType;
    private readonly ResolvedTraining _training;
    private readonly long _optimizerBytes;

    public TrainingSum(long parameters, DataType dataType, ResolvedTraining training)
    {
        _parameters = parameters;
        _dataType = dataType;
        _training = training;
        StorageBytes = dataType.GetBytes(parameters);
        TrainingBytes = Round(StorageBytes * training.TrainingMultiplier);
        _optimizerBytes = training.Optimizer.StatesPerParameter * StorageBytes;
        SubtotalBytes = TrainingBytes + GradientBytes + _optimizerBytes;
    }

    /// <summary>S: the trained weights.</summary>
    public long StorageBytes { get; }

    /// <summary>S x multiplier.</summary>
    public long TrainingBytes { get; }

    /// <summary>Training, gradients and optimizer states.</summary>
    public long SubtotalBytes { get; }

    private long GradientBytes => StorageBytes;

    /// <summary>The sum as components that do not overlap: the training figure is split into weights and the rest.</summary>
    /// <param name="names">What the components are called.</param>
    public ComponentDraft[] ToComponents(TrainingNames names)
    {
        return
        [
            new(names.WeightRole, names.Weights, StorageBytes, StorageFormula, RuleSources.Storage),
            new(
                ComponentRole.Activations,
                names.WorkingSet,
                TrainingBytes - StorageBytes,
                () => RuleFormulas.WorkingSet(_training.TrainingMultiplier, StorageBytes),
                RuleSources.Training),
            new(ComponentRole.Gradients, names.Gradients, GradientBytes, StorageFormula, RuleSources.Gradients),
            new(
                ComponentRole.OptimizerStates,
                names.OptimizerStates,
                _optimizerBytes,
                () => RuleFormulas.OptimizerStates(_training.Optimizer, _parameters, _dataType),
                RuleSources.OptimizerStates),
            new(
                ComponentRole.SafetyMargin,
                "Safety margin",
                Round(SubtotalBytes * _training.SafetyMargin),
                () => RuleFormulas.Margin(_training.SafetyMargin, SubtotalBytes),
                RuleSources.SafetyMargin),
        ];
    }

    /// <summary>The rule's own figures of this sum.</summary>
    /// <param name="inferenceBytes">The storage of the model that is served: the base model's where only an adapter is trained.</param>
    public RuleOfThumbFigures ToFigures(long inferenceBytes)
    {
        return new RuleOfThumbFigures
        {
            StorageBytes = inferenceBytes,
            InferenceBytes = inferenceBytes,
            TrainingBytes = TrainingBytes,
            SubtotalBytes = SubtotalBytes,
        };
    }

    private string StorageFormula()
    {
        return RuleFormulas.Storage(_parameters, _dataType);
    }

    private static long Round(decimal bytes)
    {
        return (long)Math.Round(bytes, MidpointRounding.AwayFromZero);
    }
}
