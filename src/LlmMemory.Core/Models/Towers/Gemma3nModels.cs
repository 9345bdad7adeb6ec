using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>
/// Gemma 3n: MobileNetV5 for images, a conformer for sound, and for each of them a few embeddings of its own, two
/// normalisations and one matrix. Source: Gemma3nMultimodalEmbedder, transformers/models/gemma3n/modeling_gemma3n.py;
/// in E2B and E4B all of it together has 983,281,504 weights.
/// </summary>
internal static class Gemma3nModels
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TowerFamily> All { get; } =
    [
        new(Build, "gemma3n") { TextModelType = "gemma3n_text", LanguageModel = LanguageModelNames.Inside },
    ];

    private static IReadOnlyList<ModelSection> Build(TowerConfig config)
    {
        var vision = config.Vision("gemma3n_vision");
        var audio = config.Audio("gemma3n_audio");
        var architecture = vision.Text("architecture");
        if (architecture != MobileNetV5Tower.Architecture)
        {
            throw TowerErrors.Unknown(config.Model, "vision_config", architecture);
        }

        return
        [
            .. MobileNetV5Tower.Build("model.vision_tower.timm_model."),
            Projectors.Of("model.embed_vision.", Embedder(vision, config.TextHiddenSize)),
            Gemma3nAudioTower.Build(audio),
            AudioProjectors.Of("model.embed_audio.", Embedder(audio, config.TextHiddenSize)),
        ];
    }

    private static IReadOnlyList<Block> Embedder(ModelConfig tower, int textHiddenSize)
    {
        var hiddenSize = tower.Int("hidden_size");
        return
        [
            new Weight(TensorRole.Projection, "embedding.weight", tower.Int("vocab_size"), hiddenSize),
            new Norm("hard_embedding_norm", hiddenSize),
            new Norm("soft_embedding_norm", hiddenSize),
            new Linear(TensorRole.Projection, "embedding_projection", hiddenSize, textHiddenSize),
        ];
    }
}
