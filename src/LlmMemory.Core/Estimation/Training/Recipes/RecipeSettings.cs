using System;
using System.Collections.Generic;
using System.Globalization;
using LlmMemory.Errors;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Recipes;

/// <summary>What a recipe takes of a run, what it leaves open, and what does not belong to it.</summary>
internal static class RecipeSettings
{
    // huggingface/trl v1.9.0 trl/trainer/grpo_config.py, max_completion_length.
    private const long DefaultCompletion = 512;

    /// <summary>The run with the recipe's settings filled in.</summary>
    /// <param name="run">The run, its batch and length decided.</param>
    /// <param name="assumptions">Takes every default.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingSettingInvalid"/>.</exception>
    public static TrainingRun Filled(TrainingRun run, List<string> assumptions)
    {
        var recipe = run.Recipe ?? Recipe.Sft;
        Refuse(run, recipe);
        if (recipe == Recipe.Sft)
        {
            return run;
        }

        return run with
        {
            ReferenceModel = recipe.HasReference ? run.ReferenceModel ?? DefaultReference(recipe, assumptions) : null,
            CompletionLength = recipe.Generates ? Completion(run, assumptions) : null,
        };
    }

    // trl/trainer/dpo_trainer.py makes a reference; grpo_config.py has beta = 0.0, with which grpo_trainer.py makes none.
    private static ReferenceModel DefaultReference(Recipe recipe, List<string> assumptions)
    {
        var reference = recipe.Generates ? ReferenceModel.None : ReferenceModel.Frozen;
        assumptions.Add($"Reference model {reference.Name} by default of {recipe.Name} (-ReferenceModel).");
        return reference;
    }

    private static long Completion(TrainingRun run, List<string> assumptions)
    {
        var sample = run.SequenceLength!.Value;
        var length = run.CompletionLength ?? Math.Max(1, Math.Min(DefaultCompletion, sample - 1));
        if (length >= sample)
        {
            throw Bad(
                length,
                $"A sample of {Number(sample)} tokens has no prompt beside {Number(length)} tokens of completion. Write -SequenceLength {Number(length + 512)} -CompletionLength {Number(length)}.");
        }

        assumptions.AddIf(run.CompletionLength is null, $"Completions of {Number(length)} tokens by default (-CompletionLength).");
        return length;
    }

    private static void Refuse(TrainingRun run, Recipe recipe)
    {
        if (run.ReferenceModel == ReferenceModel.Frozen && !recipe.HasReference)
        {
            throw Bad(run.ReferenceModel.Name, $"{recipe.Name} compares with no reference model. Leave -ReferenceModel out, or write -Recipe DPO.");
        }

        if (!recipe.Generates && (run.CompletionLength ?? run.RolloutMemory) is { } said)
        {
            throw Bad(
                said,
                $"{recipe.Name} generates nothing. Leave {(run.CompletionLength is null ? "-RolloutMemory" : "-CompletionLength")} out, or write -Recipe GRPO.");
        }

        // TRL has fused losses for some recipes; what they hold has not been written down.
        if (recipe != Recipe.Sft && (run.LossKernel ?? run.LayerKernels?.Loss) is { } kernel && kernel != LossKernel.Torch)
        {
            throw Bad(kernel.Name, $"What {recipe.Name} holds with a fused loss is not known. Write -LossKernel Torch.");
        }
    }

    private static string Number(long number)
    {
        return number.ToString(CultureInfo.InvariantCulture);
    }

    private static LlmMemoryException Bad(object value, string sentence)
    {
        return new LlmMemoryException(ErrorIds.TrainingSettingInvalid, value, sentence);
    }
}
