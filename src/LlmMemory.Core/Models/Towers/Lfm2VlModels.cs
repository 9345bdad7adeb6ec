using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// LFM2-VL: SigLIP 2 NaFlex, patches shuffled together and normalised, and two linear layers. Source:
/// Lfm2VlMultiModalProjector, transformers/models/lfm2_vl/modeling_lfm2_vl.py; the 1.6B's projector has 17,053,184
/// weights.
/// </summary>
internal static class Lfm2VlModels
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TowerFamily> All { get; } =
    [
        new(Build, "lfm2_vl") { TextModelType = "lfm2", LanguageModel = LanguageModelNames.Inside },
    ];

    private static IReadOnlyList<ModelSection> Build(TowerConfig config)
    {
        var encoder = VisionEncoders.Build(config, "siglip2_vision_model", "model.vision_tower.");
        var factor = config.Model.OptionalInt("downsample_factor") ?? 2;
        var shuffled = checked(encoder.HiddenSize * factor * factor);
        var inner = config.Model.OptionalInt("projector_hidden_size") ?? 2560;
        var bias = config.Model.Bool(true, "projector_bias");
        var norm = config.Model.Bool(true, "projector_use_layernorm") ? NormKind.LayerNorm : NormKind.None;
        return
        [
            encoder.Section,
            Projectors.Of(
                "model." + Projectors.Prefix,
                [
                    new Norm("layer_norm", shuffled, norm),
                    .. Projectors.TwoLayers(shuffled, inner, config.TextHiddenSize, bias),
                ]),
        ];
    }
}
