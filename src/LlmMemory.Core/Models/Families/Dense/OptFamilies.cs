using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// OPT with learned positions, two rows more than there are positions, and XGLM with computed ones. The feed-forward
/// network's tensors stand in the layer itself. Sources: transformers, models/opt and models/xglm.
/// </summary>
internal static class OptFamilies
{
    private const int PositionOffset = 2;

    private static readonly DecoderStyle Xglm = new()
    {
        Frame = new() { FinalNorm = "layer_norm", TiesByDefault = true },
        Norms = new()
        {
            BeforeAttention = "self_attn_layer_norm", BeforeFeedForward = "final_layer_norm", Kind = NormKind.LayerNorm,
        },
        Attention = new() { Output = "out_proj" },
        QkvBias = new(true),
        Mlp = new() { Prefix = string.Empty, Up = "fc1", Down = "fc2" },
        IsGated = false,
        MlpBias = new(true),
    };

    private static readonly DecoderStyle Opt = Xglm with
    {
        Frame = Xglm.Frame with { Prefix = "model.decoder.", FinalNorm = "final_layer_norm" },
        QkvBias = new(true, "enable_bias"),
        MlpBias = new(true, "enable_bias"),
    };

    /// <summary>Both.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [Xglm.For("xglm"), new(BuildOpt, "opt")];

    private static LanguageModel BuildOpt(ModelConfig config)
    {
        var hiddenSize = config.Int("hidden_size", "d_model");
        var positions = config.Int("max_position_embeddings") + PositionOffset;
        var embeddingSize = config.OptionalInt("word_embed_proj_dim") ?? hiddenSize;
        var normalisesLast = config.Bool(true, "do_layer_norm_before") && !config.Bool(false, "_remove_final_layer_norm");
        var norm = config.Bool(true, "layer_norm_elementwise_affine") ? NormKind.LayerNorm : NormKind.None;
        List<Block> extras = [new Weight(TensorRole.PositionEmbedding, "embed_positions.weight", positions, hiddenSize)];
        if (embeddingSize != hiddenSize)
        {
            extras.Add(new Linear(TensorRole.Projection, "project_in", embeddingSize, hiddenSize));
            extras.Add(new Linear(TensorRole.Projection, "project_out", hiddenSize, embeddingSize));
        }

        return DecoderBuilder.Build(
            Opt with
            {
                Frame = Opt.Frame with { EmbeddingSize = embeddingSize, FinalNorm = normalisesLast ? Opt.Frame.FinalNorm : null },
                Norms = Opt.Norms with { Kind = norm },
                FrameExtras = _ => extras,
            },
            config);
    }
}
