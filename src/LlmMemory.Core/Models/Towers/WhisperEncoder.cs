using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>
/// Whisper's encoder as an audio tower: two convolutions over mel frames, positions, layers whose keys have no bias.
/// Source: WhisperEncoder, transformers/models/whisper/modeling_whisper.py; large-v3's has 636,968,960 weights.
/// </summary>
internal static class WhisperEncoder
{
    private const int Kernel = 3;

    private static readonly AttentionNames AttentionNames = new() { Output = "out_proj" };

    private static readonly MlpNames MlpNames = new() { Prefix = string.Empty, Up = "fc1", Down = "fc2" };

    /// <summary>Builds the tower.</summary>
    /// <param name="config">Its configuration, with Whisper's own names of the fields or the usual ones.</param>
    public static ModelSection Build(ModelConfig config)
    {
        var hiddenSize = config.Int("d_model", "hidden_size");
        var heads = config.Int("encoder_attention_heads", "num_attention_heads");
        if (hiddenSize % heads != 0)
        {
            throw config.Invalid("d_model", $"is {hiddenSize}, which {heads} attention heads do not share evenly");
        }

        var mlp = new DenseMlp
        {
            HiddenSize = hiddenSize,
            IntermediateSize = config.Int("encoder_ffn_dim", "intermediate_size"),
            IsGated = false,
            Bias = true,
            Names = MlpNames,
        };
        var attention = new GroupedQueryAttention
        {
            HiddenSize = hiddenSize,
            Heads = heads,
            KeyValueHeads = heads,
            HeadSize = hiddenSize / heads,
            QkvBias = true,
            KeyWithoutBias = true,
            OutputBias = true,
            Names = AttentionNames,
        };
        return new ModelSection
        {
            Part = ModelPart.Audio,
            Prefix = "audio_tower.",
            Blocks =
            [
                new Weight(TensorRole.PatchEmbedding, "conv1.weight", hiddenSize, config.Int("num_mel_bins"), Kernel),
                new Weight(TensorRole.PatchEmbedding, "conv1.bias", hiddenSize),
                new Weight(TensorRole.PatchEmbedding, "conv2.weight", hiddenSize, hiddenSize, Kernel),
                new Weight(TensorRole.PatchEmbedding, "conv2.bias", hiddenSize),
                new Weight(TensorRole.PositionEmbedding, "embed_positions.weight", config.Int("max_source_positions"), hiddenSize),
                new Norm("layer_norm", hiddenSize, NormKind.LayerNorm),
            ],
            Layers = TowerLayers.Repeat(
                TowerDimensions.ReadLayers(config, "encoder_layers", "num_hidden_layers"),
                new Norm("self_attn_layer_norm", hiddenSize, NormKind.LayerNorm),
                attention,
                new Norm("final_layer_norm", hiddenSize, NormKind.LayerNorm),
                mlp),
        };
    }
}
