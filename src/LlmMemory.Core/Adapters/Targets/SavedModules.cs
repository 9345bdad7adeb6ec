using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Adapters.Modules;

namespace LlmMemory.Adapters.Targets;

/// <summary>
/// Modules that are copied whole and trained, and whatever lies in them: those whose path ends with one of the names,
/// dots or not. The original stays, frozen. A tied head is copied for itself, so that the copies are not tied. Source:
/// huggingface/peft src/peft/utils/other.py, _set_trainable and ModulesToSaveWrapper.
/// </summary>
internal static class SavedModules
{
    /// <summary>The modules to copy.</summary>
    public static IReadOnlyList<ModelModule> Select(IReadOnlyList<string> names, ModelModules modules, string modelName)
    {
        var selected = modules.All.Where(module => names.Any(name => Holds(module.Path, name))).ToList();
        foreach (var name in names)
        {
            if (string.IsNullOrWhiteSpace(name) || !selected.Any(module => Holds(module.Path, name)))
            {
                throw AdapterErrors.NoTarget(name, modelName, modules.All.Select(module => module.Name));
            }
        }

        return selected;
    }

    /// <summary>The copies of a module's tensors.</summary>
    public static IEnumerable<(string Name, AdapterPart Part)> Copies(ModelModule module, AdapterSettings settings)
    {
        return module.Tensors.Select(tensor =>
        {
            var name = $"{module.Path}.{ModelModule.LastStep(tensor.Name)}";
            return (name, new AdapterPart(name, tensor.Shape) { StoredAs = settings.BaseType(tensor) });
        });
    }

    // The module itself, or one that it lies in.
    private static bool Holds(string path, string name)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('.', end - 1))
        {
            if (path.Substring(0, end).EndsWith(name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
