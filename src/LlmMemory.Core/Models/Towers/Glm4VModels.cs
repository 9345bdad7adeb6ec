using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>
/// GLM-4.1V, GLM-4.5V and GLM-4.6V: RMSNorms, a gated feed-forward network as wide as the tower's output, patches
/// merged by a convolution, and a gated merger, whose width is what vision_config calls intermediate_size. Source:
/// Glm4vVisionModel, transformers/models/glm4v/modular_glm4v.py; in GLM-4.1V-9B the tower has 892,498,432 weights.
/// </summary>
internal static class Glm4VModels
{
    private const string Prefix = "model.visual.";

    private static readonly AttentionNames AttentionNames = new() { Prefix = "attn.", QueryKeyValue = "qkv", Output = "proj" };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TowerFamily> All { get; } =
    [
        new(Build, "glm4v") { TextModelType = "glm4v_text", LanguageModel = LanguageModelNames.Inside },
        new(Build, "glm4v_moe") { TextModelType = "glm4v_moe_text", LanguageModel = LanguageModelNames.Inside },
    ];

    private static IReadOnlyList<ModelSection> Build(TowerConfig config)
    {
        var vision = config.Vision("glm4v");
        var dimensions = TowerDimensions.Read(vision);
        var outputs = vision.Int("out_hidden_size");
        var patches = VideoPatches.Read(vision);
        return
        [
            BuildTower(vision, dimensions with { IntermediateSize = outputs }, patches),
            BuildMerger(dimensions, outputs, patches),
        ];
    }

    private static ModelSection BuildTower(ModelConfig vision, TowerDimensions dimensions, VideoPatches patches)
    {
        return new ModelSection
        {
            Part = ModelPart.Vision,
            Prefix = Prefix,
            LayerPrefix = "blocks.",
            Blocks =
            [
                .. patches.Embedding(dimensions, bias: true),
                new Weight(
                    TensorRole.PositionEmbedding,
                    "embeddings.position_embedding.weight",
                    PatchGrid.Read(vision).Count, dimensions.HiddenSize),
                new Norm("post_conv_layernorm", dimensions.HiddenSize),
                new Norm("post_layernorm", dimensions.HiddenSize),
            ],
            Layers = TowerLayers.Repeat(
                dimensions.Layers,
                new Norm("norm1", dimensions.HiddenSize),
                TowerBlocks.Attention(dimensions, AttentionNames, vision.Bool(false, "attention_bias"), outputBias: false),
                new Norm("norm2", dimensions.HiddenSize),
                TowerBlocks.GatedMlp(dimensions, bias: false)),
        };
    }

    private static ModelSection BuildMerger(TowerDimensions dimensions, int outputs, VideoPatches patches)
    {
        return Projectors.Of(
            Prefix,
            new Weight(TensorRole.Projection, "downsample.weight", outputs, dimensions.HiddenSize, patches.Merge, patches.Merge),
            new Weight(TensorRole.Projection, "downsample.bias", outputs),
            new Linear(TensorRole.Projection, "merger.proj", outputs, outputs),
            new Norm("merger.post_projection_norm", outputs, NormKind.LayerNorm),
            new Linear(TensorRole.Projection, "merger.gate_proj", outputs, dimensions.IntermediateSize),
            new Linear(TensorRole.Projection, "merger.up_proj", outputs, dimensions.IntermediateSize),
            new Linear(TensorRole.Projection, "merger.down_proj", dimensions.IntermediateSize, outputs));
    }
}
