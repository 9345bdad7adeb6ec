using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>
/// Llama 3.2 Vision: two transformers one after the other, the second with gates; positions of patches, tiles and
/// aspect ratios; and one linear layer that reads the states of several layers at once. Source:
/// transformers/models/mllama/modeling_mllama.py; in the 11B they have 895,028,755 weights.
/// </summary>
internal static class MllamaModels
{
    private static readonly MlpNames MlpNames = new() { Up = "fc1", Down = "fc2" };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TowerFamily> All { get; } =
    [
        new(Build, "mllama") { TextModelType = "mllama_text_model", LanguageModel = LanguageModelNames.Before },
    ];

    private static IReadOnlyList<ModelSection> Build(TowerConfig config)
    {
        var vision = config.Vision("mllama_vision_model");
        var dimensions = TowerDimensions.Read(vision);
        IReadOnlyList<Block> layer =
        [
            new Norm("input_layernorm", dimensions.HiddenSize, NormKind.LayerNorm),
            TowerBlocks.Attention(dimensions, AttentionNames.Llama, qkvBias: false, outputBias: false),
            new Norm("post_attention_layernorm", dimensions.HiddenSize, NormKind.LayerNorm),
            TowerBlocks.PlainMlp(dimensions, MlpNames),
        ];
        IReadOnlyList<Block> gates = [new Weight(TensorRole.Extra, "gate_attn", 1), new Weight(TensorRole.Extra, "gate_ffn", 1)];
        return
        [
            new ModelSection
            {
                Part = ModelPart.Vision,
                Prefix = "vision_model.",
                LayerPrefix = "transformer.layers.",
                Blocks = Embeddings(vision, dimensions),
                Layers = TowerLayers.Repeat(dimensions.Layers, layer),
            },
            new ModelSection
            {
                Part = ModelPart.Vision,
                Prefix = "vision_model.",
                LayerPrefix = "global_transformer.layers.",
                Layers = TowerLayers.Repeat(TowerDimensions.ReadLayers(vision, "num_global_layers"), [.. layer, .. gates]),
            },
            Projectors.Of(
                string.Empty,
                new Linear(
                    TensorRole.Projection, "multi_modal_projector", vision.Int("vision_output_dim"), config.TextHiddenSize, Bias: true)),
        ];
    }

    private static IReadOnlyList<Block> Embeddings(ModelConfig vision, TowerDimensions dimensions)
    {
        var hiddenSize = dimensions.HiddenSize;
        var grid = PatchGrid.Read(vision);
        var positions = grid.Count + 1;
        var tiles = vision.Int("max_num_tiles");

        // Row 0 stands for 'no image', so there is one more than there are ratios.
        var ratios = (vision.List("supported_aspect_ratios")?.Count ?? throw vision.Missing("supported_aspect_ratios")) + 1L;
        return
        [
            new Weight(TensorRole.PatchEmbedding, "class_embedding", hiddenSize),
            new Weight(TensorRole.PatchEmbedding, "patch_embedding.weight", hiddenSize, dimensions.Channels, grid.PatchHeight, grid.PatchWidth),
            new Weight(TensorRole.Extra, "gated_positional_embedding.gate", 1),
            new Weight(TensorRole.PositionEmbedding, "gated_positional_embedding.embedding", positions, hiddenSize),
            new Weight(TensorRole.PositionEmbedding, "gated_positional_embedding.tile_embedding.weight", ratios, tiles * positions * hiddenSize),
            new Weight(TensorRole.Extra, "pre_tile_positional_embedding.gate", 1),
            new Weight(TensorRole.PositionEmbedding, "pre_tile_positional_embedding.embedding.weight", ratios, (long)tiles * hiddenSize),
            new Weight(TensorRole.Extra, "post_tile_positional_embedding.gate", 1),
            new Weight(TensorRole.PositionEmbedding, "post_tile_positional_embedding.embedding.weight", ratios, (long)tiles * hiddenSize),
            new Norm("layernorm_pre", hiddenSize, NormKind.LayerNorm),
            new Norm("layernorm_post", hiddenSize, NormKind.LayerNorm),
        ];
    }
}
