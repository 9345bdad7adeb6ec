using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>
/// InternViT, 300M and 6B: a class token, scales on both branches of a layer, and in the 6B RMSNorms, normalised
/// queries and keys, and no bias on them. Sources: modeling_intern_vit.py of OpenGVLab/InternVL,
/// transformers/models/internvl/modeling_internvl.py; the towers have 304,012,288 and 5,536,496,000 weights.
/// </summary>
internal static class InternVitTower
{
    private static readonly AttentionNames ChatAttention = new() { Prefix = "attn.", QueryKeyValue = "qkv", Output = "proj" };

    private static readonly AttentionNames TransformersAttention = new() { Prefix = "attention.", Output = "projection_layer" };

    private static readonly MlpNames MlpNames = new() { Up = "fc1", Down = "fc2" };

    /// <summary>Builds the tower in its authors' layout.</summary>
    /// <param name="config">Its configuration.</param>
    /// <param name="prefix">What the names of its tensors start with.</param>
    public static VisionEncoder BuildChat(ModelConfig config, string prefix)
    {
        var dimensions = TowerDimensions.Read(config);
        var hiddenSize = dimensions.HiddenSize;
        var grid = PatchGrid.Read(config);
        var norm = ReadNormKind(config);
        var attention = Attention(dimensions, ChatAttention, config.Bool(false, "qkv_bias"), config.Bool(true, "qk_normalization"));
        var section = new ModelSection
        {
            Part = ModelPart.Vision,
            Prefix = prefix,
            LayerPrefix = "encoder.layers.",
            Blocks =
            [
                new Weight(TensorRole.PatchEmbedding, "embeddings.class_embedding", 1, 1, hiddenSize),
                .. PatchEmbedding("embeddings.patch_embedding", dimensions, grid),
                new Weight(TensorRole.PositionEmbedding, "embeddings.position_embedding", 1, grid.Count + 1, hiddenSize),
            ],
            Layers = TowerLayers.Repeat(
                dimensions.Layers,
                new Weight(TensorRole.Extra, "ls1", hiddenSize),
                new Weight(TensorRole.Extra, "ls2", hiddenSize),
                new Norm("norm1", hiddenSize, norm),
                attention,
                new Norm("norm2", hiddenSize, norm),
                TowerBlocks.PlainMlp(dimensions, MlpNames)),
        };
        return new VisionEncoder(section, hiddenSize);
    }

    /// <summary>Builds the tower in the layout of Transformers.</summary>
    /// <param name="config">Its configuration.</param>
    /// <param name="prefix">What the names of its tensors start with.</param>
    public static VisionEncoder BuildTransformers(ModelConfig config, string prefix)
    {
        var dimensions = TowerDimensions.Read(config);
        var hiddenSize = dimensions.HiddenSize;
        var norm = ReadNormKind(config);
        var attention = Attention(
            dimensions, TransformersAttention, config.Bool(false, "attention_bias"), config.Bool(false, "use_qk_norm"));
        var section = new ModelSection
        {
            Part = ModelPart.Vision,
            Prefix = prefix,
            LayerPrefix = "encoder.layer.",
            Blocks = TransformersEmbeddings(config, dimensions),
            Layers = TowerLayers.Repeat(
                dimensions.Layers,
                new Weight(TensorRole.Extra, "lambda_1", hiddenSize),
                new Weight(TensorRole.Extra, "lambda_2", hiddenSize),
                new Norm("layernorm_before", hiddenSize, norm),
                attention,
                new Norm("layernorm_after", hiddenSize, norm),
                TowerBlocks.PlainMlp(dimensions, MlpNames)),
        };
        return new VisionEncoder(section, hiddenSize);
    }

    private static List<Block> TransformersEmbeddings(ModelConfig config, TowerDimensions dimensions)
    {
        var hiddenSize = dimensions.HiddenSize;
        var grid = PatchGrid.Read(config);
        List<Block> blocks =
        [
            new Weight(TensorRole.PatchEmbedding, "embeddings.cls_token", 1, 1, hiddenSize),
            .. PatchEmbedding("embeddings.patch_embeddings.projection", dimensions, grid),
        ];
        if (config.Bool(false, "use_mask_token"))
        {
            blocks.Add(new Weight(TensorRole.PatchEmbedding, "embeddings.mask_token", 1, 1, hiddenSize));
        }

        if (config.Bool(true, "use_absolute_position_embeddings"))
        {
            blocks.Add(new Weight(TensorRole.PositionEmbedding, "embeddings.position_embeddings", 1, grid.Count + 1, hiddenSize));
        }

        // Patches that are averaged are not normalised once more.
        if (!config.Bool(true, "use_mean_pooling"))
        {
            blocks.Add(new Norm("layernorm", hiddenSize, NormKind.LayerNorm));
        }

        return blocks;
    }

    private static IReadOnlyList<Block> PatchEmbedding(string name, TowerDimensions dimensions, PatchGrid grid)
    {
        return
        [
            new Weight(
                TensorRole.PatchEmbedding,
                name + ".weight",
                dimensions.HiddenSize, dimensions.Channels, grid.PatchHeight, grid.PatchWidth),
            new Weight(TensorRole.PatchEmbedding, name + ".bias", dimensions.HiddenSize),
        ];
    }

    private static GroupedQueryAttention Attention(
        TowerDimensions dimensions, AttentionNames names, bool qkvBias, bool normalises)
    {
        return TowerBlocks.Attention(dimensions, names, qkvBias) with
        {
            QueryKeyNorm = normalises ? QueryKeyNorm.PerHead : QueryKeyNorm.None,
        };
    }

    private static NormKind ReadNormKind(ModelConfig config)
    {
        return config.Text("norm_type") switch
        {
            "rms_norm" => NormKind.RmsNorm,
            "layer_norm" => NormKind.LayerNorm,
            _ => throw config.Invalid("norm_type", "should be layer_norm or rms_norm"),
        };
    }
}
