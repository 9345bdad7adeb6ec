using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;

namespace LlmMemory.Models.Towers;

/// <summary>Every kind of tower that the engine knows, by model_type.</summary>
internal static class TowerCatalogue
{
    private static readonly Dictionary<string, TowerFamily> ByModelType = Array.Empty<IReadOnlyList<TowerFamily>>()
        .SelectMany(families => families)
        .SelectMany(family => family.ModelTypes, (family, modelType) => (family, modelType))
        .ToDictionary(pair => pair.modelType, pair => pair.family, StringComparer.OrdinalIgnoreCase);

    /// <summary>Looks a kind of tower up.</summary>
    /// <param name="modelType">The model_type, as the configuration spells it.</param>
    /// <param name="family">The kind of tower.</param>
    public static bool TryFind(string modelType, [NotNullWhen(true)] out TowerFamily? family)
    {
        return ByModelType.TryGetValue(modelType, out family);
    }
}
