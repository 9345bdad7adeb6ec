using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// Gemma 3: SigLIP without a head, a normalisation, and one matrix that stands the other way round. Source:
/// Gemma3MultiModalProjector, transformers/models/gemma3/modeling_gemma3.py; for the 27B both together have
/// 423,060,336 weights.
/// </summary>
internal static class Gemma3Models
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TowerFamily> All { get; } =
    [
        new(Build, "gemma3") { TextModelType = "gemma3_text", LanguageModel = LanguageModelNames.Before },
    ];

    private static IReadOnlyList<ModelSection> Build(TowerConfig config)
    {
        // The class knows no other tower, and no checkpoint of it holds a head, whether vision_use_head is there or not.
        var encoder = SiglipTower.Build(config.Vision("siglip_vision_model"), "vision_tower.", hasHeadWhenUnsaid: false);
        return
        [
            encoder.Section,
            Projectors.Of(
                Projectors.Prefix,
                new Weight(TensorRole.Projection, "mm_input_projection_weight", encoder.HiddenSize, config.TextHiddenSize),
                new Norm("mm_soft_emb_norm", encoder.HiddenSize)),
        ];
    }
}
