using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// PaliGemma: SigLIP without a head and one linear layer. Source: PaliGemmaMultiModalProjector,
/// transformers/models/paligemma/modeling_paligemma.py.
/// </summary>
internal static class PaliGemmaModels
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TowerFamily> All { get; } =
    [
        new(Build, "paligemma") { TextModelType = "gemma", LanguageModel = LanguageModelNames.Before },
    ];

    private static IReadOnlyList<ModelSection> Build(TowerConfig config)
    {
        var encoder = VisionEncoders.Build(config, "siglip_vision_model");
        return
        [
            encoder.Section,
            Projectors.Of(
                Projectors.Prefix,
                new Linear(TensorRole.Projection, "linear", encoder.HiddenSize, config.TextHiddenSize, Bias: true)),
        ];
    }
}
