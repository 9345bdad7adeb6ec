using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Adapters.Modules;
using LlmMemory.Models;

namespace LlmMemory.Adapters.Targets;

/// <summary>
/// Chooses the modules that have an adapter, as PEFT does: by names, by regular expressions, all linear layers, or its
/// default for the type of model; less what is excluded, what is copied whole, and other layers. Source: huggingface/peft
/// src/peft/tuners/tuners_utils.py, check_target_module_exists and _maybe_include_all_linear_layers.
/// </summary>
internal sealed class TargetSelector
{
    private const string AllLinear = "all-linear";

    // No model has as many experts in a layer; a checkpoint that says so is not taken apart.
    private const long MaxAlike = 1 << 14;

    private readonly AdapterSpecification _specification;
    private readonly AdapterMethod _method;
    private readonly NameRules _targets;
    private readonly NameRules _excluded;
    private readonly LayerFilter _layers;
    private readonly RankPatterns _ranks;
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public TargetSelector(AdapterSpecification specification, AdapterMethod method, ModelModules modules, string modelName)
    {
        _specification = specification;
        _method = method;
        TakesAllLinear = specification.TargetModules.Any(name => string.Equals(name, AllLinear, StringComparison.OrdinalIgnoreCase));
        Names = TakesAllLinear ? [] : specification.TargetModules.Count > 0 ? specification.TargetModules : DefaultNames(modules);
        _targets = new NameRules(Names);
        _excluded = new NameRules(specification.ExcludeModules);
        _layers = new LayerFilter(specification.LayersToTransform, specification.LayersPattern);
        _ranks = new RankPatterns(specification.RankPattern);
        Modules = modules;
        ModelName = modelName;
        Check();
    }

    /// <summary>The names and expressions that modules are looked for by; none for all linear layers.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>True where every linear layer but the head is meant.</summary>
    public bool TakesAllLinear { get; }

    /// <summary>Names that no module has.</summary>
    public IEnumerable<string> Unused => Names.Where(name => !_used.Contains(name));

    private bool TellsAlikeApart =>
        _targets.HasNumber || _excluded.HasNumber || _ranks.HasNumber || _specification.LayersPattern.Count > 0;

    private ModelModules Modules { get; }

    private string ModelName { get; }

    /// <summary>The modules, each with its rank.</summary>
    /// <param name="rank">The rank where no pattern says another; 0 for methods without one.</param>
    public IReadOnlyList<TargetModule> Select(int rank)
    {
        var selected = Modules.All.SelectMany(module => Matches(module, rank)).ToList();
        if (selected.Count == 0 && _specification.TargetParameters.Count == 0)
        {
            var asked = TakesAllLinear ? AllLinear : string.Join(", ", Names);
            throw AdapterErrors.NoTarget(asked, ModelName, AdaptableNames(Modules));
        }

        return selected;
    }

    private IEnumerable<string> AdaptableNames(ModelModules modules)
    {
        return modules.All.Where(module => _method.Kinds.Contains(module.Kind)).Select(module => module.Name);
    }

    private IReadOnlyList<string> DefaultNames(ModelModules modules)
    {
        if (_specification.TargetParameters.Count > 0)
        {
            return [];
        }

        if (_method.TargetsEmbedding)
        {
            return [.. modules.All.Where(IsEmbedding).Select(module => module.Path).Take(1)];
        }

        return (modules.ModelType is { } type ? _method.Defaults(type) : null)
            ?? throw AdapterErrors.NoDefault(
                modules.ModelType,
                _method.Name,
                AdaptableNames(modules));
    }

    private void Check()
    {
        if (TakesAllLinear && _specification.TargetModules.Count > 1)
        {
            throw AdapterErrors.Setting(
                string.Join(", ", _specification.TargetModules), "all-linear stands alone in -TargetModules: it takes every linear layer but the head already.");
        }

        if (_specification.LayersToTransform.Count > 0 && (TakesAllLinear || _targets.HasExpression))
        {
            throw AdapterErrors.Setting(
                _specification.LayersToTransform[0],
                "PEFT takes -LayersToTransform with names alone, not with all-linear or an expression. Write -TargetModules q_proj, v_proj.");
        }

        if (_specification.LayersPattern.Count > 0 && _specification.LayersToTransform.Count == 0)
        {
            throw AdapterErrors.Setting(
                _specification.LayersPattern[0], "-LayersPattern says what stands before the numbers of -LayersToTransform, and there are none. Say both.");
        }
    }

    // Modules that are alike are told apart only where a name or a pattern has a number that could do so.
    private IEnumerable<TargetModule> Matches(ModelModule module, int rank)
    {
        if (module.Count == 1 || !TellsAlikeApart)
        {
            var path = Single(module, 0);
            return IsTarget(module, path) ? [Target(module, module.Path, path, module.Count, rank)] : [];
        }

        var chosen = Numbers(module).Select(number => Single(module, number)).Where(path => IsTarget(module, path)).ToList();
        return chosen
            .GroupBy(path => _ranks.Find(path) ?? rank)
            .Select(paths => Target(module, paths.Count() == 1 ? paths.First() : module.Path, paths.First(), paths.Count(), rank));
    }

    private TargetModule Target(ModelModule module, string name, string path, long count, int rank)
    {
        if (!_method.Kinds.Contains(module.Kind))
        {
            throw AdapterErrors.Unsupported(_method.Name, module);
        }

        if (_method.SkipsMambaKernels && MambaModules.Contains(Modules.ModelType, module.Name))
        {
            throw AdapterErrors.RefusedInMamba(_method.Name, module);
        }

        var target = new TargetModule(module, name, count, rank == 0 ? 0 : _ranks.Find(path) ?? rank);
        return _method.LimitsRank && target.Rank > Math.Min(target.Inputs, target.Outputs)
            ? throw AdapterErrors.RankTooLarge(target.Rank, target)
            : target;
    }

    private bool IsTarget(ModelModule module, string path)
    {
        if (!_excluded.IsEmpty && _excluded.Match(path) is not null || IsCopied(path))
        {
            return false;
        }

        if (TakesAllLinear)
        {
            return module is { IsLinear: true, IsHead: false };
        }

        // A name that is the whole path is meant whatever the layers say.
        if (_targets.Match(path) is not { } name || !(name == path || _layers.Contains(path)))
        {
            return false;
        }

        _used.Add(name);
        return true;
    }

    private bool IsCopied(string path)
    {
        return _specification.ModulesToSave.Any(name => HasSteps(path, name));
    }

    // The name as whole steps anywhere in the path.
    private static bool HasSteps(string path, string name)
    {
        return $".{path}.".IndexOf($".{name}.", StringComparison.Ordinal) >= 0;
    }

    private static bool IsEmbedding(ModelModule module)
    {
        return module.Kind == ModuleKind.Embedding && module.Weight.RoleKind == TensorRole.Embedding;
    }

    private static IEnumerable<int> Numbers(ModelModule module)
    {
        return Enumerable.Range(0, checked((int)Math.Min(module.Count, MaxAlike)));
    }

    private static string Single(ModelModule module, int number)
    {
        return module.Count == 1
            ? module.Path
            : module.Path.Replace(".*", "." + number.ToString(CultureInfo.InvariantCulture));
    }
}
