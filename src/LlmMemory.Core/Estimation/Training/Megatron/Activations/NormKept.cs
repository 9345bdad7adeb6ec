using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Megatron.Activations;

/// <summary>What a normalisation before a projection keeps: its input, and what it gives, which the projection reads.</summary>
internal static class NormKept
{
    private const string Source = "Korthikanti et al., arXiv:2205.05198, section 4.1";

    /// <summary>Adds both.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="kept">Where they go.</param>
    /// <param name="before">What it stands before.</param>
    public static void Add(MegatronPlan plan, KeptList kept, string before)
    {
        var width = (decimal)plan.ElementBytes * plan.Hidden / plan.SequenceShare;
        kept.Add($"Input of the normalisation before {before}", width, Source);
        kept.AddIf(!plan.Recomputes(RecomputeModule.Norms), $"Normalised input of {before}", width, Source);
    }
}
