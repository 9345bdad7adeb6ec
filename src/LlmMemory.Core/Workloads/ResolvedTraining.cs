namespace LlmMemory.Workloads;

/// <summary>A training workload with the defaults in the place of what was not said.</summary>
internal sealed class ResolvedTraining
{
    public ResolvedTraining(TrainingWorkload workload)
    {
        Optimizer = workload.Optimizer ?? Optimizer.Default;
        SafetyMargin = workload.SafetyMargin ?? Workloads.SafetyMargin.Default;
        TrainingMultiplier = workload.TrainingMultiplier ?? Workloads.TrainingMultiplier.Default;
        Workloads.SafetyMargin.EnsureInRange(SafetyMargin);
        Workloads.TrainingMultiplier.EnsureInRange(TrainingMultiplier);
    }

    public Optimizer Optimizer { get; }

    public decimal SafetyMargin { get; }

    public decimal TrainingMultiplier { get; }
}
