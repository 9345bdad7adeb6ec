using System;
using System.Collections.Generic;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>The vision towers that wrappers share, by the model_type of their vision_config.</summary>
internal static class VisionEncoders
{
    private static readonly Dictionary<string, Func<ModelConfig, string, VisionEncoder>> ByModelType =
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["clip_vision_model"] = ClipTower.Build,
            ["siglip_vision_model"] = (config, prefix) => SiglipTower.Build(config, prefix, hasHeadWhenUnsaid: true),
            ["siglip2_vision_model"] = SiglipTower.BuildFlexible,
            ["pixtral"] = PixtralTower.Build,
        };

    /// <summary>Builds the tower that the model's vision_config describes.</summary>
    /// <param name="config">What the tower follows from.</param>
    /// <param name="typeWhenMissing">The model_type that vision_config has when it does not say one.</param>
    /// <param name="prefix">What the names of its tensors start with.</param>
    public static VisionEncoder Build(TowerConfig config, string typeWhenMissing, string prefix = "vision_tower.")
    {
        var vision = config.Vision(typeWhenMissing);
        var modelType = vision.ModelType.Length > 0 ? vision.ModelType : typeWhenMissing;
        return ByModelType.TryGetValue(modelType, out var build)
            ? build(vision, prefix)
            : throw TowerErrors.Unknown(config.Model, "vision_config", modelType);
    }
}
