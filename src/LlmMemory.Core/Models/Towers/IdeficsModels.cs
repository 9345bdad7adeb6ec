using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// Idefics 3 and SmolVLM: a SigLIP without a head, whose patches are shuffled together and projected by one matrix.
/// Source: Idefics3Connector, transformers/models/idefics3/modeling_idefics3.py.
/// </summary>
internal static class IdeficsModels
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TowerFamily> All { get; } =
    [
        new(Build, "idefics3", "smolvlm")
        {
            TextModelType = "llama",
            LanguageModel = new LanguageModelNames { InnerPrefix = "model.text_model." },
        },
    ];

    private static IReadOnlyList<ModelSection> Build(TowerConfig config)
    {
        // Both types of vision_config, idefics3_vision and smolvlm_vision, name the same class.
        var encoder = SiglipTower.BuildHeadless(config.Vision("idefics3_vision"), "model.vision_model.");
        var scale = config.Model.OptionalInt("scale_factor") ?? 2;
        var shuffled = (long)encoder.HiddenSize * scale * scale;
        return
        [
            encoder.Section,
            Projectors.Of(
                "model.connector.",
                new Linear(TensorRole.Projection, "modality_projection.proj", shuffled, config.TextHiddenSize)),
        ];
    }
}
