using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>
/// The vision tower of Gemma 4: a table of positions for each axis, Gemma's four normalisations around attention and
/// a gated feed-forward network, and in the larger models a last scale and shift. Source: Gemma4VisionModel,
/// transformers/models/gemma4/modeling_gemma4.py; the towers have 167,364,608 and 569,550,384 weights.
/// </summary>
internal static class Gemma4VisionTower
{
    private static readonly AttentionNames AttentionNames = new()
    {
        Query = "q_proj.linear",
        Key = "k_proj.linear",
        Value = "v_proj.linear",
        Output = "o_proj.linear",
    };

    private static readonly MlpNames MlpNames = new() { Gate = "gate_proj.linear", Up = "up_proj.linear", Down = "down_proj.linear" };

    private static readonly ClippedLinears Clipped = new(
        "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj",
        "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj");

    /// <summary>Builds the tower.</summary>
    /// <param name="config">Its configuration.</param>
    public static VisionEncoder Build(ModelConfig config)
    {
        var dimensions = TowerDimensions.Read(config);
        var section = new ModelSection
        {
            Part = ModelPart.Vision,
            Prefix = "model.vision_tower.",
            LayerPrefix = "encoder.layers.",
            Blocks = Outside(config, dimensions),
            Layers = TowerLayers.Repeat(dimensions.Layers, Layer(config, dimensions)),
        };
        return new VisionEncoder(section, dimensions.HiddenSize);
    }

    private static List<Block> Outside(ModelConfig config, TowerDimensions dimensions)
    {
        var patch = PatchGrid.ReadPatch(config);
        var pixels = (long)dimensions.Channels * patch.PatchHeight * patch.PatchWidth;
        List<Block> blocks =
        [
            new Linear(TensorRole.PatchEmbedding, "patch_embedder.input_proj", pixels, dimensions.HiddenSize),
            new Weight(
                TensorRole.PositionEmbedding,
                "patch_embedder.position_embedding_table",
                2, config.Int("position_embedding_size"), dimensions.HiddenSize),
        ];
        if (config.Bool(false, "standardize"))
        {
            blocks.Add(new Weight(TensorRole.Extra, "std_bias", dimensions.HiddenSize));
            blocks.Add(new Weight(TensorRole.Extra, "std_scale", dimensions.HiddenSize));
        }

        return blocks;
    }

    private static List<Block> Layer(ModelConfig config, TowerDimensions dimensions)
    {
        var attention = TowerBlocks.Attention(dimensions, AttentionNames, config.Bool(false, "attention_bias"), config.Bool(false, "attention_bias"));
        List<Block> blocks =
        [
            new Norm("input_layernorm", dimensions.HiddenSize),
            attention with
            {
                HeadSize = config.Int("head_dim"),
                KeyValueHeads = config.Int("num_key_value_heads"),
                QueryKeyNorm = QueryKeyNorm.SharedByHeads,
            },
            new Norm("post_attention_layernorm", dimensions.HiddenSize),
            new Norm("pre_feedforward_layernorm", dimensions.HiddenSize),
            TowerBlocks.GatedMlp(dimensions, bias: false) with { Names = MlpNames },
            new Norm("post_feedforward_layernorm", dimensions.HiddenSize),
        ];
        if (config.Bool(false, "use_clipped_linears"))
        {
            blocks.Add(Clipped);
        }

        return blocks;
    }
}
