using System.Collections.Generic;
using System.Linq;
using LlmMemory.Adapters.Modules;
using LlmMemory.Adapters.Targets;
using LlmMemory.Models;

namespace LlmMemory.Adapters;

/// <summary>What is said about an adapter beside its figures: what is easily missed, and what was taken for granted.</summary>
internal sealed class AdapterNotes
{
    private readonly AdapterSpecification _specification;
    private readonly AdapterMethod _method;
    private readonly ModelModules _modules;

    public AdapterNotes(LlmModel model, AdapterSpecification specification, AdapterMethod method, ModelModules modules)
    {
        _specification = specification;
        _method = method;
        _modules = modules;
        AddDefaults();
        Notes.AddRange(PeftBaseModel.UnknownFormats(model).Select(format =>
            $"All weights of {format} counted; PEFT may print another total where they are packed."));
    }

    /// <summary>What is easily missed.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>What was taken for granted.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Notes on the modules that were chosen.</summary>
    public void AddTargets(TargetSelector selector, IReadOnlyList<TargetModule> targets, IReadOnlyList<TargetModule> parameters)
    {
        AddUnused(selector);
        AddStacked(selector, parameters);
        AddExperts(targets);
        if (_specification.TargetModules.Count == 0 && _specification.TargetParameters.Count == 0)
        {
            Notes.Add($"Target modules {string.Join(", ", selector.Names)}: PEFT's default for {_modules.ModelType}.");
        }

        if (targets.Any(target => target.IsEmbedding || target.Module.IsHead))
        {
            Notes.Add("PEFT saves the base model's embeddings beside an adapter of one (save_embedding_layers); they are not in CheckpointBytes.");
        }
    }

    private void AddDefaults()
    {
        if (_specification.Method is null)
        {
            Notes.Add($"Adapter method {_method.Name} by default.");
        }

        if (_method.DefaultRank is { } rank && _specification.Rank is null)
        {
            Notes.Add($"Rank {rank}: PEFT's default for {_method.Name}.");
        }

        if (_specification.DataType is null && !_method.CopiesModules)
        {
            Notes.Add("Adapter in F32: PEFT upcasts it whatever the base model is in (autocast_adapter_dtype).");
        }

        if (_method.ImportanceCopies > 0)
        {
            Notes.Add("CheckpointBytes at the initial rank; a finished AdaLoRA is saved with the ranks that are left.");
        }
    }

    private void AddUnused(TargetSelector selector)
    {
        var unused = selector.Unused.ToList();
        if (unused.Count > 0)
        {
            Warnings.Add($"No module is meant by {string.Join(", ", unused)}. PEFT goes on without a word about it.");
        }
    }

    // Names of experts' projections meet nothing where the experts are stacked tensors, and PEFT goes on without them.
    private void AddStacked(TargetSelector selector, IReadOnlyList<TargetModule> parameters)
    {
        var stacked = ParameterSelector.Stacked(_modules).ToList();
        if (stacked.Count == 0 || parameters.Count > 0 || !(selector.TakesAllLinear || selector.Unused.Any()))
        {
            return;
        }

        Warnings.Add(
            $"The experts are stacked tensors ({string.Join(", ", stacked)}), which no name of a module reaches: they stay frozen. "
            + "Name them in -TargetParameters to adapt them.");
    }

    private void AddExperts(IReadOnlyList<TargetModule> targets)
    {
        if (targets.Any(target => target.Module.Count > 1))
        {
            Notes.Add(
                "Experts adapted one by one, as transformers 4 has them; transformers 5 stacks those of some families, and PEFT then adapts gate and up together at twice the rank.");
        }
    }
}
