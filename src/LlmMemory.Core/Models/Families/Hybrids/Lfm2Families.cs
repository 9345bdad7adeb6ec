using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>
/// LFM2: gated short convolutions, and attention in some layers. Source: transformers, models/lfm2/modular_lfm2.py.
/// </summary>
internal static class Lfm2Families
{
    private static readonly DecoderFrame Frame = new() { FinalNorm = "embedding_norm" };

    private static readonly AttentionNames Attention =
        AttentionNames.Llama with { Output = "out_proj", QueryNorm = "q_layernorm", KeyNorm = "k_layernorm" };

    private static readonly MlpNames Mlp = new() { Prefix = "feed_forward.", Gate = "w1", Up = "w3", Down = "w2" };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "lfm2")];

    private static LanguageModel Build(ModelConfig config)
    {
        var dimensions = DecoderDimensions.Read(config);
        var mlp = new DenseMlp
        {
            HiddenSize = dimensions.HiddenSize,
            IntermediateSize = Lfm2Dimensions.IntermediateSize(config),
            Names = Mlp,
        };
        var attention = HybridAttention.Plain(dimensions) with { QueryKeyNorm = QueryKeyNorm.SharedByHeads, Names = Attention };
        var convolution = new ShortConvolution
        {
            HiddenSize = dimensions.HiddenSize,
            ConvolutionKernel = config.Int("conv_L_cache"),
            Bias = config.Bool(false, "conv_bias"),
        };
        var attentionLayers = Lfm2Dimensions.AttentionLayers(config, dimensions.Layers);
        var frame = Frame with { TiesByDefault = config.Bool(true, "tie_embedding") };
        return frame.Around(config, dimensions, index =>
        [
            new Norm("operator_norm", dimensions.HiddenSize),
            attentionLayers.Contains(index) ? attention : convolution,
            new Norm("ffn_norm", dimensions.HiddenSize),
            mlp,
        ]);
    }
}
