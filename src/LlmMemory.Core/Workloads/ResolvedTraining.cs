using LlmMemory.Errors;

namespace LlmMemory.Workloads;

/// <summary>A training workload with the defaults in the place of what was not said.</summary>
internal sealed class ResolvedTraining
{
    public ResolvedTraining(TrainingWorkload workload)
    {
        Optimizer = workload.Optimizer ?? Optimizer.Default;
        StatesPerParameter = Optimizer.StatesPerParameter ?? throw new LlmMemoryException(
            ErrorIds.OptimizerNeedsModel,
            Optimizer.Name,
            $"The rule of thumb has no figure for {Optimizer.Name}: its states follow from the shapes of a model's tensors. "
            + "Name the model (-Model llama-3.1-8b), or write -Optimizer AdamW or SGD.");
        SafetyMargin = workload.SafetyMargin ?? Workloads.SafetyMargin.Default;
        TrainingMultiplier = workload.TrainingMultiplier ?? Workloads.TrainingMultiplier.Default;
        Workloads.SafetyMargin.EnsureInRange(SafetyMargin);
        Workloads.TrainingMultiplier.EnsureInRange(TrainingMultiplier);
    }

    public Optimizer Optimizer { get; }

    /// <summary>The values that the optimizer keeps for each parameter.</summary>
    public int StatesPerParameter { get; }

    public decimal SafetyMargin { get; }

    public decimal TrainingMultiplier { get; }
}
