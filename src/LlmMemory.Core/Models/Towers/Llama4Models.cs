using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>
/// Llama 4: a transformer with a class token and LayerNorms at both ends, an adapter that shuffles patches together,
/// and one matrix without bias. Source: transformers/models/llama4/modeling_llama4.py; in Maverick and Scout they
/// have 871,932,416 weights.
/// </summary>
internal static class Llama4Models
{
    private static readonly MlpNames MlpNames = new() { Up = "fc1", Down = "fc2" };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TowerFamily> All { get; } =
    [
        new(Build, "llama4") { TextModelType = "llama4_text", LanguageModel = LanguageModelNames.Before },
    ];

    private static IReadOnlyList<ModelSection> Build(TowerConfig config)
    {
        var vision = config.Vision("llama4_vision_model");
        var dimensions = TowerDimensions.Read(vision);
        var adapter = vision.Int("projector_output_dim");
        return
        [
            BuildTower(vision, dimensions),
            Projectors.Of(
                "vision_model.vision_adapter.",
                new Linear(TensorRole.Projection, "mlp.fc1", dimensions.IntermediateSize, vision.Int("projector_input_dim")),
                new Linear(TensorRole.Projection, "mlp.fc2", adapter, adapter)),
            Projectors.Of(
                Projectors.Prefix,
                new Linear(TensorRole.Projection, "linear_1", vision.Int("vision_output_dim"), config.TextHiddenSize)),
        ];
    }

    private static ModelSection BuildTower(ModelConfig vision, TowerDimensions dimensions)
    {
        var grid = PatchGrid.Read(vision);
        var pixels = (long)dimensions.Channels * grid.PatchHeight * grid.PatchWidth;
        return new ModelSection
        {
            Part = ModelPart.Vision,
            Prefix = "vision_model.",
            LayerPrefix = "model.layers.",
            Blocks =
            [
                new Weight(TensorRole.PatchEmbedding, "class_embedding", dimensions.HiddenSize),
                new Linear(TensorRole.PatchEmbedding, "patch_embedding.linear", pixels, dimensions.HiddenSize),
                new Weight(TensorRole.PositionEmbedding, "positional_embedding_vlm", grid.Count + 1, dimensions.HiddenSize),
                new Norm("layernorm_pre", dimensions.HiddenSize, NormKind.LayerNorm),
                new Norm("layernorm_post", dimensions.HiddenSize, NormKind.LayerNorm),
            ],
            Layers = TowerLayers.Repeat(
                dimensions.Layers,
                new Norm("input_layernorm", dimensions.HiddenSize, NormKind.LayerNorm),
                TowerBlocks.Attention(dimensions, AttentionNames.Llama),
                new Norm("post_attention_layernorm", dimensions.HiddenSize, NormKind.LayerNorm),
                TowerBlocks.PlainMlp(dimensions, MlpNames)),
        };
    }
}
