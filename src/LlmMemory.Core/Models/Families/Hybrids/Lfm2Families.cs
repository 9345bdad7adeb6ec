using System;
using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>
/// LFM2: gated short convolutions, and attention in some layers, dense or with experts. Sources: transformers,
/// models/{lfm2, lfm2_moe}/modular_*.py.
/// </summary>
internal static class Lfm2Families
{
    private static readonly DecoderFrame Frame = new() { FinalNorm = "embedding_norm" };

    private static readonly AttentionNames Attention =
        AttentionNames.Llama with { Output = "out_proj", QueryNorm = "q_layernorm", KeyNorm = "k_layernorm" };

    private static readonly MlpNames Mlp = new() { Prefix = "feed_forward.", Gate = "w1", Up = "w3", Down = "w2" };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(BuildDense, "lfm2"), new(BuildExperts, "lfm2_moe")];

    private static LanguageModel BuildDense(ModelConfig config)
    {
        var mlp = Network(config, Lfm2Dimensions.IntermediateSize(config));
        return Build(config, _ => mlp);
    }

    /// <summary>With experts, but for the first layers, whose width is given as it is.</summary>
    private static LanguageModel BuildExperts(ModelConfig config)
    {
        var mlp = Network(config, config.Int("intermediate_size"));
        var experts = HybridExperts.Lfm2(config, mlp.HiddenSize);
        var denseLayers = config.Count(2, "num_dense_layers");
        return Build(config, index => index < denseLayers ? mlp : experts);
    }

    private static DenseMlp Network(ModelConfig config, int intermediateSize)
    {
        return new DenseMlp { HiddenSize = config.Int("hidden_size"), IntermediateSize = intermediateSize, Names = Mlp };
    }

    private static LanguageModel Build(ModelConfig config, Func<int, FeedForward> network)
    {
        var dimensions = DecoderDimensions.Read(config);
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
            network(index),
        ]);
    }
}
