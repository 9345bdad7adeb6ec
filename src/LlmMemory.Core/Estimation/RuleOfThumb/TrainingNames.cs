namespace LlmMemory.Estimation.RuleOfThumb;

/// <summary>What the parts of a training sum are called, and the column its weights count towards.</summary>
internal sealed record TrainingNames(
    ComponentRole WeightRole, string Weights, string WorkingSet, string Gradients, string OptimizerStates)
{
    /// <summary>All of the model is trained.</summary>
    public static TrainingNames Model { get; } = new(
        ComponentRole.Weights, "Weights", "Training working set", "Gradients", "Optimizer states");

    /// <summary>Only an adapter is trained.</summary>
    public static TrainingNames Adapter { get; } = new(
        ComponentRole.Adapter,
        "Adapter weights",
        "Adapter working set",
        "Adapter gradients",
        "Adapter optimizer states");
}
