using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;

namespace LlmMemory.Models.Towers;

/// <summary>Every kind of multimodal model that the engine knows, by the model_type of the whole.</summary>
internal static class TowerCatalogue
{
    private static readonly Dictionary<string, TowerFamily> ByModelType = new[]
    {
        LlavaModels.All,
        Gemma3Models.All,
        Gemma3nModels.All,
        Gemma4Models.All,
        PaliGemmaModels.All,
        MistralModels.All,
        IdeficsModels.All,
        AyaVisionModels.All,
        Lfm2VlModels.All,
        QwenVisionModels.All,
        Glm4VModels.All,
        Llama4Models.All,
        MllamaModels.All,
        InternVlModels.All,
        KimiModels.All,
        MiniMaxM3Models.All,
        FuyuModels.All,
        Phi3VisionModels.All,
        AudioModels.All,
    }
    .SelectMany(families => families)
    .SelectMany(family => family.ModelTypes, (family, modelType) => (family, modelType))
    .ToDictionary(pair => pair.modelType, pair => pair.family, StringComparer.OrdinalIgnoreCase);

    /// <summary>Looks a kind of model up.</summary>
    /// <param name="modelType">The model_type, as the configuration spells it.</param>
    /// <param name="family">The kind of model.</param>
    public static bool TryFind(string modelType, [NotNullWhen(true)] out TowerFamily? family)
    {
        return ByModelType.TryGetValue(modelType, out family);
    }
}
