using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>
/// Kimi-VL and Kimi-K2.5: MoonViT, a normalisation of patches, and two linear layers on patches that are joined two
/// by two. Sources: modeling_kimi_vl.py and modeling_kimi_k25.py of the checkpoints; in K2.5 they have 471,143,920
/// weights.
/// </summary>
internal static class KimiModels
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TowerFamily> All { get; } =
    [
        new(BuildVl, "kimi_vl") { TextModelType = "deepseek_v3", LanguageModel = LanguageModelNames.Before },
        new(BuildK25, "kimi_k25") { TextModelType = "kimi_k2", LanguageModel = LanguageModelNames.Before },
    ];

    private static IReadOnlyList<ModelSection> BuildVl(TowerConfig config)
    {
        var vision = config.Vision("moonvit");
        var encoder = MoonVitTower.Build(vision, "vision_tower.");
        return [encoder.Section, Projector(Projectors.Prefix, vision, encoder, config.TextHiddenSize, "linear_1", "linear_2")];
    }

    private static IReadOnlyList<ModelSection> BuildK25(TowerConfig config)
    {
        const string Known = "patchmerger";
        var vision = config.Vision("moonvit");
        var projector = vision.OptionalText("mm_projector_type") ?? Known;
        if (projector != Known)
        {
            throw TowerErrors.Unknown(config.Model, "mm_projector_type", projector);
        }

        var encoder = MoonVitTower.Build(vision, "vision_tower.");
        return [encoder.Section, Projector("mm_projector.", vision, encoder, config.TextHiddenSize, "proj.0", "proj.2")];
    }

    private static ModelSection Projector(
        string prefix, ModelConfig vision, VisionEncoder encoder, int textHiddenSize, string first, string second)
    {
        var merged = (long)encoder.HiddenSize * MoonVitTower.MergedPatches(vision);
        return Projectors.Of(
            prefix,
            [
                new Norm("pre_norm", encoder.HiddenSize, NormKind.LayerNorm),
                .. Projectors.TwoLayers(merged, merged, textHiddenSize, bias: true, first, second),
            ]);
    }
}
