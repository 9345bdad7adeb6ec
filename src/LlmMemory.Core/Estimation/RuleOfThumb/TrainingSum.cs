using System;
using LlmMemory.Workloads;

namespace LlmMemory.Estimation.RuleOfThumb;

/// <summary>
/// What the rule of thumb counts for training weights of S bytes (P weights of b bytes, or a known model's tensors): training S x multiplier,
/// gradients P x b, optimizer states n x P x b, and a margin on the sum of the last three.
/// </summary>
internal sealed class TrainingSum
{
    private readonly StoredWeights _weights;
    private readonly ResolvedTraining _training;
    private readonly long _optimizerBytes;

    public TrainingSum(StoredWeights weights, ResolvedTraining training)
    {
        _weights = weights;
        _training = training;
        TrainingBytes = Round(StorageBytes * training.TrainingMultiplier);
        _optimizerBytes = training.StatesPerParameter * StorageBytes;
        SubtotalBytes = TrainingBytes + GradientBytes + _optimizerBytes;
    }

    /// <summary>S: the trained weights.</summary>
    public long StorageBytes => _weights.Bytes;

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
            new(names.WeightRole, names.Weights, StorageBytes, _weights.Formula, RuleSources.Storage),
            new(
                ComponentRole.Activations,
                names.WorkingSet,
                TrainingBytes - StorageBytes,
                () => RuleFormulas.WorkingSet(_training.TrainingMultiplier, StorageBytes),
                RuleSources.Training),
            new(ComponentRole.Gradients, names.Gradients, GradientBytes, _weights.Formula, RuleSources.Gradients),
            new(
                ComponentRole.OptimizerStates,
                names.OptimizerStates,
                _optimizerBytes,
                () => RuleFormulas.OptimizerStates(_training, _weights.Numbers()),
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

    private static long Round(decimal bytes)
    {
        return (long)Math.Round(bytes, MidpointRounding.AwayFromZero);
    }
}
