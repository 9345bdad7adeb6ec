using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Adapters;
using LlmMemory.Models;

namespace LlmMemory.Estimation.Training.Activations;

/// <summary>Which weights of a model are trained, and which modules have an adapter beside them.</summary>
internal sealed class TrainedModules
{
    private readonly Dictionary<string, ModuleAdapter> _adapters = new(StringComparer.Ordinal);
    private readonly HashSet<string> _copies = new(StringComparer.Ordinal);

    /// <summary>Creates it.</summary>
    /// <param name="adapter">The adapter; null where all weights of the model are trained.</param>
    /// <param name="hasDropout">True where what goes into the adapter passes dropout first.</param>
    public TrainedModules(AdapterInventory? adapter, bool hasDropout)
    {
        IsFull = adapter is null;
        foreach (var module in adapter?.Tensors.Where(tensor => tensor.Target is not null).GroupBy(NameOf) ?? [])
        {
            if (module.Any(IsCopy))
            {
                _copies.Add(module.Key);
                TrainsHead |= module.Any(tensor => tensor.TargetTensor?.RoleKind is TensorRole.Head);
            }
            else
            {
                var first = module.First();
                _adapters[module.Key] = new ModuleAdapter(first.Rank ?? 0, (int)first.StoredAs.BitsPerWeight / 8, hasDropout);
            }
        }
    }

    /// <summary>True where all weights are trained.</summary>
    public bool IsFull { get; }

    /// <summary>True where a copy of the head is trained.</summary>
    public bool TrainsHead { get; }

    /// <summary>True where a module's own weights are trained, or a copy of them.</summary>
    /// <param name="module">The module by its name in the model.</param>
    public bool Trains(string module)
    {
        return IsFull || _copies.Contains(module);
    }

    /// <summary>The adapter beside a module; null where it has none.</summary>
    /// <param name="module">The module by its name in the model.</param>
    public ModuleAdapter? AdapterOf(string module)
    {
        return _adapters.TryGetValue(module, out var adapter) ? adapter : null;
    }

    // PEFT knows modules by the paths in the loaded model, which for GPT-2 and its kin have a step that the checkpoint lacks.
    private static string NameOf(AdapterTensor tensor)
    {
        var path = tensor.Target!;
        var weight = tensor.TargetTensor?.Name ?? path;
        var end = weight.LastIndexOf('.');
        var module = end < 0 ? weight : weight.Substring(0, end);
        return path.EndsWith(module, StringComparison.Ordinal) ? module : path;
    }

    // modules_to_save and LN tuning train a tensor of the same shape in the place of the module's own.
    private static bool IsCopy(AdapterTensor tensor)
    {
        return tensor.Rank is null && tensor.Use == AdapterTensorUse.Trained && tensor.TargetTensor is { } original
            && tensor.Shape.SequenceEqual(original.Shape);
    }
}
