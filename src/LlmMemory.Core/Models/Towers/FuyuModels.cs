using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// Fuyu: no tower, one linear layer from the pixels of a patch into the language model. Source:
/// transformers/models/fuyu/modeling_fuyu.py; fuyu-8b's has 11,063,296 weights.
/// </summary>
internal static class FuyuModels
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TowerFamily> All { get; } =
    [
        new(Build, "fuyu") { TextModelType = "persimmon", LanguageModel = LanguageModelNames.Before },
    ];

    private static IReadOnlyList<ModelSection> Build(TowerConfig config)
    {
        var side = (long)config.Model.Int("patch_size");
        var pixels = side * side * config.Model.Int("num_channels");
        return
        [
            new ModelSection
            {
                Part = ModelPart.Vision,
                Blocks = [new Linear(TensorRole.PatchEmbedding, "vision_embed_tokens", pixels, config.TextHiddenSize, Bias: true)],
            },
        ];
    }
}
