using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// InternVL, in its authors' layout (internvl_chat) and in that of Transformers (internvl): InternViT, patches
/// shuffled together and normalised, and two linear layers. Sources: modeling_internvl_chat.py of OpenGVLab/InternVL,
/// transformers/models/internvl/modeling_internvl.py.
/// </summary>
internal static class InternVlModels
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TowerFamily> All { get; } =
    [
        new(BuildChat, "internvl_chat") { LanguageModel = LanguageModelNames.Before },
        new(BuildTransformers, "internvl") { TextModelType = "qwen2", LanguageModel = LanguageModelNames.Before },
    ];

    private static IReadOnlyList<ModelSection> BuildChat(TowerConfig config)
    {
        var encoder = InternVitTower.BuildChat(config.Vision("intern_vit_6b"), "vision_model.");
        var shuffled = ShuffledSize(config, encoder);
        return
        [
            encoder.Section,
            Projectors.Of(
                "mlp1.",
                [
                    new Norm("0", shuffled, NormKind.LayerNorm),
                    .. Projectors.TwoLayers(shuffled, config.TextHiddenSize, config.TextHiddenSize, bias: true, "1", "3"),
                ]),
        ];
    }

    private static IReadOnlyList<ModelSection> BuildTransformers(TowerConfig config)
    {
        var encoder = InternVitTower.BuildTransformers(config.Vision("internvl_vision"), "vision_tower.");
        var shuffled = ShuffledSize(config, encoder);
        return
        [
            encoder.Section,
            Projectors.Of(
                Projectors.Prefix,
                [
                    new Norm("layer_norm", shuffled, NormKind.LayerNorm),
                    .. Projectors.TwoLayers(shuffled, config.TextHiddenSize, config.TextHiddenSize, bias: true),
                ]),
        ];
    }

    /// <summary>The width of patches that are shuffled together: at a ratio of a half, four of them.</summary>
    private static int ShuffledSize(TowerConfig config, VisionEncoder encoder)
    {
        var ratio = config.Model.Number("downsample_ratio") ?? 0.5;
        if (ratio is not (> 0.01 and <= 1))
        {
            throw config.Model.Invalid("downsample_ratio", "should be a fraction of one, as 0.5 is");
        }

        var side = (int)(1 / ratio);
        return checked(encoder.HiddenSize * side * side);
    }
}
