using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// MiniMax-M3: CLIP's layers on patches of a few frames, without learned positions and without a last normalisation,
/// two linear layers to the width of the language model, and two more that join neighbouring patches. Sources: vLLM,
/// models/minimax_m3/common/vision_tower.py; they hold 865,567,232 weights, what the hub's total of
/// MiniMaxAI/MiniMax-M3 leaves for them, and the patches are in F32.
/// </summary>
internal static class MiniMaxM3Models
{
    /// <summary>The family.</summary>
    public static IReadOnlyList<TowerFamily> All { get; } =
    [
        new(Build, "minimax_m3_vl") { TextModelType = "minimax_m3", LanguageModel = LanguageModelNames.Before },
    ];

    private static IReadOnlyList<ModelSection> Build(TowerConfig config)
    {
        var vision = config.Vision("clip_vision_model");
        var compression = vision.Nested("img_token_compression_config") ?? throw vision.Missing("img_token_compression_config");
        var patches = new VideoPatches(
            vision.Int("patch_size"), compression.Int("temporal_patch_size"), compression.Int("spatial_merge_size"));
        var dimensions = TowerDimensions.Read(vision);
        var bias = config.Model.Bool(true, "multimodal_projector_bias");
        var (inner, text) = (config.Model.Int("projector_hidden_size"), config.TextHiddenSize);
        return
        [
            Tower(dimensions, patches),
            Projectors.Of(Projectors.Prefix, Projectors.TwoLayers(dimensions.HiddenSize, inner, text, bias)),
            Projectors.Of("patch_merge_mlp.", Projectors.TwoLayers(patches.MergedSize(text), inner, text, bias)),
        ];
    }

    private static ModelSection Tower(TowerDimensions dimensions, VideoPatches patches)
    {
        var shape = new long[] { dimensions.HiddenSize, dimensions.Channels, patches.Frames, patches.Size, patches.Size };
        return new ModelSection
        {
            Part = ModelPart.Vision,
            Prefix = "vision_tower.vision_model.",
            LayerPrefix = "encoder.layers.",
            Blocks =
            [
                new Weight(TensorRole.PatchEmbedding, "embeddings.patch_embedding.weight", shape) { StoredAs = DataTypeCatalogue.F32 },

                // The missing letter is the checkpoint's own.
                new Norm("pre_layrnorm", dimensions.HiddenSize, NormKind.LayerNorm),
            ],
            Layers = ClipLayer.Repeat(dimensions),
        };
    }
}
