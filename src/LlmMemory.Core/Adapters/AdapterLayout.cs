using System.Collections.Generic;
using System.Linq;
using LlmMemory.Adapters.Modules;
using LlmMemory.Adapters.Targets;
using LlmMemory.Errors;
using LlmMemory.Models;

namespace LlmMemory.Adapters;

/// <summary>One adapter beside one model, while it is laid out.</summary>
internal sealed class AdapterLayout
{
    private const string Root = "base_model.model.";

    private readonly LlmModel _model;
    private readonly AdapterSpecification _specification;
    private readonly AdapterMethod _method;
    private readonly ModelModules _modules;
    private readonly AdapterSettings _settings;
    private readonly List<AdapterTensor> _tensors = [];
    private readonly List<AdapterTarget> _targets = [];

    public AdapterLayout(LlmModel model, AdapterSpecification specification)
    {
        _model = model;
        _specification = specification;
        _method = specification.Method ?? AdapterMethod.Lora;
        _modules = ModelModules.Of(model);
        AdapterSettingsCheck.Ensure(specification, _method);
        _settings = AdapterSettingsReader.Read(model, specification, _method, _modules);
    }

    /// <summary>Lays it out.</summary>
    public AdapterInventory Build()
    {
        var notes = new AdapterNotes(_model, _specification, _method, _modules);
        var names = _method.PromptTensors is { } prompt ? AddPrompt(prompt(Architecture(), _settings)) : AddModules(notes);
        AddCopies();
        return new AdapterInventory(_method, _tensors, PeftBaseModel.CountParameters(_model))
        {
            Rank = _settings.Rank,
            TargetModules = new([.. names]),
            Targets = new(_targets),
            Warnings = new(notes.Warnings),
            Notes = new(notes.Notes),
        };
    }

    private IReadOnlyList<string> AddPrompt(IEnumerable<AdapterPart> parts)
    {
        _tensors.AddRange(parts.Select(part => new AdapterTensor(part.Name, target: null, part, part.StoredAs ?? _settings.StoredAs)));
        return [];
    }

    private IReadOnlyList<string> AddModules(AdapterNotes notes)
    {
        var selector = new TargetSelector(_specification, _method, _modules, _model.Name);
        var targets = selector.Select(_settings.Rank ?? 0);
        var parameters = ParameterSelector.Select(_specification, _modules, _settings.Rank ?? 0, _model.Name);
        foreach (var target in targets.Concat(parameters))
        {
            _tensors.AddRange(_method.ModuleParts!(target, _settings).Select(part => Beside(target, part)));
        }

        AddShared(targets);
        AddOverview([.. targets, .. parameters]);
        notes.AddTargets(selector, targets, parameters);
        return selector.TakesAllLinear ? [.. targets.Select(target => target.Module.Name).Distinct()] : selector.Names;
    }

    private void AddShared(IReadOnlyList<TargetModule> targets)
    {
        if (_method.SharedParts is { } shared)
        {
            _tensors.AddRange(shared(targets).Select(part => new AdapterTensor("base_model." + part.Name, target: null, part, _settings.StoredAs)));
        }
    }

    private void AddOverview(IReadOnlyList<TargetModule> targets)
    {
        var parameters = _tensors.Where(tensor => tensor.Target is not null).ToLookup(tensor => (tensor.Target, tensor.TargetTensor));
        foreach (var group in targets.GroupBy(target => (Label(target), target.Inputs, target.Outputs, target.Rank)))
        {
            _targets.Add(new AdapterTarget(
                group.Key.Item1,
                group.First(),
                group.Sum(target => target.Count * target.Experts),
                group.Sum(target => parameters[(target.Path, target.Weight)].Sum(tensor => tensor.Parameters))));
        }
    }

    private void AddCopies()
    {
        foreach (var module in SavedModules.Select(_specification.ModulesToSave, _modules, _model.Name))
        {
            var target = new TargetModule(module, module.Path, module.Count, Rank: 0);
            var copies = SavedModules.Copies(module, _settings).ToList();
            _tensors.AddRange(copies.Select(copy => new AdapterTensor(Root + copy.Name, target, copy.Part, copy.Part.StoredAs!)));
            _targets.Add(new AdapterTarget($"{module.Name} (copy)", target, module.Count, copies.Sum(copy => Elements(copy.Part) * module.Count)));
        }
    }

    private AdapterTensor Beside(TargetModule target, AdapterPart part)
    {
        return new AdapterTensor($"{Root}{target.Path}.{part.Name}", target, part, part.StoredAs ?? _settings.StoredAs);
    }

    private ModelArchitecture Architecture()
    {
        return _model.Architecture ?? throw new LlmMemoryException(
            ErrorIds.AdapterNeedsCheckpoint,
            _model.Name,
            $"{_method.Name} needs to know how {Quoted.Value(_model.Name)} is built, and only its tensors are known. Give the folder with its config.json.");
    }

    private static string Label(TargetModule target)
    {
        return target.Experts > 1 ? ModelModule.LastStep(target.Weight.Name) : target.Module.Name;
    }

    private static long Elements(AdapterPart part)
    {
        return part.Shape.Aggregate(1L, (product, length) => checked(product * length));
    }
}
