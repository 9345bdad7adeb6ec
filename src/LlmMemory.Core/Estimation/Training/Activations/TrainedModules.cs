using System;
using System.Linq;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Activations;

/// <summary>Which weights of a model are trained, and which modules have an adapter beside them.</summary>
internal sealed class TrainedModules
{
    private readonly LoraAdapter? _adapter;

    /// <summary>Creates it.</summary>
    /// <param name="adapter">The adapter; null where all weights of the model are trained.</param>
    public TrainedModules(LoraAdapter? adapter)
    {
        _adapter = adapter;
    }

    /// <summary>True where all weights are trained.</summary>
    public bool IsFull => _adapter is null;

    /// <summary>The adapter beside a module; null where it has none.</summary>
    /// <param name="module">The module by its name in the model.</param>
    public LoraAdapter? AdapterOf(string module)
    {
        return _adapter?.TargetModules.Any(target => IsLastName(module, target)) == true ? _adapter : null;
    }

    private static bool IsLastName(string module, string target)
    {
        return module.EndsWith(target, StringComparison.Ordinal)
            && (module.Length == target.Length || module[module.Length - target.Length - 1] == '.');
    }
}
