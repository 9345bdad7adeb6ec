using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Naming;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training;

/// <summary>A framework that trains models: what it keeps and copies, by the rules of one of its versions.</summary>
public abstract class TrainingFramework : NamedChoice
{
    private protected TrainingFramework(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>True where layers are split over ranks and spread over stages.</summary>
    internal virtual bool SplitsLayers => false;

    /// <summary>The recipes that it has.</summary>
    internal virtual IReadOnlyList<Recipe> Recipes => [Recipe.Sft];

    /// <summary>Estimates a training run: what each rank holds, phase by phase.</summary>
    /// <param name="model">The model, its weights stored as they are loaded.</param>
    /// <param name="run">How it is trained; what is null there is the framework's default.</param>
    /// <param name="version">The framework's version; the newest whose rules are known when null.</param>
    /// <exception cref="LlmMemoryException">
    /// The framework refuses a setting; <see cref="ErrorIds.TrainingNeedsArchitecture"/>;
    /// <see cref="ErrorIds.TrainingNeedsPlainWeights"/>; <see cref="ErrorIds.FrameworkVersionUnknown"/>; or
    /// <see cref="ErrorIds.EstimateOverflow"/>.
    /// </exception>
    public MemoryEstimate Estimate(LlmModel model, TrainingRun run, string? version = null)
    {
        if (model is null || run is null)
        {
            throw new ArgumentNullException(model is null ? nameof(model) : nameof(run));
        }

        if (model.Architecture is not { } architecture)
        {
            throw new LlmMemoryException(
                ErrorIds.TrainingNeedsArchitecture,
                model.Name,
                $"Only the tensors of {Quoted.Value(model.Name)} are known, not how it is built, so its activations cannot be told. "
                + "Give the model's folder with its config.json, or the name of a known model: llama-3.1-8b.");
        }

        if (run.Adapter is null && !PlainWeights.Are(model))
        {
            throw new LlmMemoryException(
                ErrorIds.TrainingNeedsPlainWeights,
                model.Quantization ?? model.DataType,
                $"Weights in {model.Quantization ?? model.DataType} are not trained themselves. "
                + "Write -DataType BF16, or train an adapter beside them: Get-LoraMemoryEstimate.");
        }

        EnsureRecipe(run.Recipe ?? Recipe.Sft);
        try
        {
            return EstimateInRange(model, architecture, run, version);
        }
        catch (OverflowException overflow)
        {
            throw new LlmMemoryException(
                ErrorIds.EstimateOverflow,
                model.Name,
                $"Training {Quoted.Value(model.Name)} this way does not fit 64 bits (9.2e18 bytes). "
                + "Write a shorter -SequenceLength such as 4096, or a smaller -MicroBatchSize.",
                overflow);
        }
    }

    private void EnsureRecipe(Recipe recipe)
    {
        if (!Recipes.Contains(recipe))
        {
            throw new LlmMemoryException(
                ErrorIds.TrainingSettingInvalid,
                recipe.Name,
                $"What {Name} holds under {recipe.Name} is not known; {Name} has {string.Join(", ", Recipes.Select(each => each.Name))}. "
                + "Write -Framework TRL, or leave -Recipe out.");
        }
    }

    /// <summary>Makes the estimate; figures that do not fit 64 bits are the caller's to report.</summary>
    private protected abstract MemoryEstimate EstimateInRange(LlmModel model, ModelArchitecture architecture, TrainingRun run, string? version);
}
