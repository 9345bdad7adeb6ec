using System.Collections.Generic;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Recipes;

/// <summary>What is to be known of an estimate of a recipe.</summary>
internal static class RecipeAssumptions
{
    /// <summary>Adds the sentences; none for fine-tuning.</summary>
    public static void Add(TrainingPlan plan, List<string> assumptions)
    {
        if (plan.Recipe == Recipe.Sft)
        {
            return;
        }

        assumptions.Add($"{plan.Recipe.Name} as TRL 1.9 goes about it; written down from its source, and no measured run confirms it.");
        assumptions.AddIf(plan.Recipe.SamplesPerExample > 1, "The micro batch counts pairs: twice as many samples go through the model.");
        assumptions.AddIf(
            plan.HoldsReference,
            plan.Sharding.SplitsWeights ? "The reference model is split over the ranks as the weights are." : "The reference model is whole on each rank.");
        assumptions.AddIf(plan.UsesReference && !plan.HoldsReference, "The reference model is the base with its adapter switched off: no copy.");
        AddRollout(plan, assumptions);
    }

    private static void AddRollout(TrainingPlan plan, List<string> assumptions)
    {
        if (!plan.Recipe.Generates)
        {
            return;
        }

        assumptions.Add("The micro batch counts completions; num_generations only says how many of them share a prompt.");
        assumptions.Add("Rewards are functions: a reward model is not counted.");
        assumptions.Add(plan.Run.RolloutMemory is null
            ? "Transformers generates all completions of a step at once on each rank (-RolloutMemory for an engine of its own)."
            : "The engine keeps its memory while the model trains; vllm_enable_sleep_mode and the copies of a weight update are not counted.");
    }
}
