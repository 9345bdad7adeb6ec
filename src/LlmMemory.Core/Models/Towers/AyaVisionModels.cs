using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// Aya Vision: SigLIP without a head, patches shuffled together and normalised, and a gated projector whose first
/// layer is as wide as both halves. Source: AyaVisionMultiModalProjector,
/// transformers/models/aya_vision/modular_aya_vision.py.
/// </summary>
internal static class AyaVisionModels
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TowerFamily> All { get; } =
    [
        new(Build, "aya_vision") { TextModelType = "cohere2", LanguageModel = LanguageModelNames.Before },
    ];

    private static IReadOnlyList<ModelSection> Build(TowerConfig config)
    {
        var encoder = VisionEncoders.Build(config, "siglip_vision_model");
        var factor = config.Model.OptionalInt("downsample_factor") ?? 2;
        var shuffled = checked(encoder.HiddenSize * factor * factor);
        var inner = config.Model.OptionalInt("alignment_intermediate_size") ?? config.TextHiddenSize;
        return
        [
            encoder.Section,
            Projectors.Of(
                Projectors.Prefix,
                new Norm("layernorm", shuffled, NormKind.LayerNorm),
                new Linear(TensorRole.Projection, "linear_1", shuffled, inner, Bias: true),
                new Linear(TensorRole.Projection, "linear_2", inner / 2, config.TextHiddenSize, Bias: true)),
        ];
    }
}
