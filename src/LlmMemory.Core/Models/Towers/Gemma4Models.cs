using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// Gemma 4: a vision tower, an audio tower, both or neither, as its configuration says, and one matrix from each into
/// the language model. Source: Gemma4MultimodalEmbedder, transformers/models/gemma4/modeling_gemma4.py, whose
/// normalisation has no weights.
/// </summary>
internal static class Gemma4Models
{
    private const string Projection = "embedding_projection";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TowerFamily> All { get; } =
    [
        new(Build, "gemma4") { TextModelType = "gemma4_text", LanguageModel = LanguageModelNames.Inside },
    ];

    private static IReadOnlyList<ModelSection> Build(TowerConfig config)
    {
        const string Vision = "vision_config";
        if (!config.Model.Says(Vision))
        {
            throw TowerErrors.Missing(config.Model, Vision);
        }

        // The class builds a tower only from a configuration of it; a file without one says null.
        return
        [
            .. config.Model.Has(Vision) ? BuildVision(config) : [],
            .. config.Model.Has("audio_config") ? BuildAudio(config) : [],
        ];
    }

    private static IReadOnlyList<ModelSection> BuildVision(TowerConfig config)
    {
        var encoder = Gemma4VisionTower.Build(config.Vision("gemma4_vision"));
        return
        [
            encoder.Section,
            Projectors.Of(
                "model.embed_vision.", new Linear(TensorRole.Projection, Projection, encoder.HiddenSize, config.TextHiddenSize)),
        ];
    }

    private static IReadOnlyList<ModelSection> BuildAudio(TowerConfig config)
    {
        var audio = config.Audio("gemma4_audio");
        return
        [
            Gemma4AudioTower.Build(audio),
            AudioProjectors.Of(
                "model.embed_audio.",
                new Linear(TensorRole.Projection, Projection, audio.Int("output_proj_dims"), config.TextHiddenSize)),
        ];
    }
}
