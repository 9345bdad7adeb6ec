using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>
/// A layer of the conformer that Gemma 3n and Gemma 4 hear with: half a feed-forward network, attention over chunks
/// with relative positions, a light convolution, the other half. It holds 24 H^2 + 14 H weights and one for each
/// dimension of a head, with a kernel of 5. Sources: transformers/models/gemma3n/modeling_gemma3n.py,
/// gemma4/modeling_gemma4.py.
/// </summary>
internal static class ConformerLayer
{
    /// <summary>The blocks of a layer.</summary>
    /// <param name="dimensions">The tower's dimensions.</param>
    /// <param name="kernel">The frames that the light convolution looks at.</param>
    /// <param name="names">The names of the tensors.</param>
    public static IReadOnlyList<Block> Build(TowerDimensions dimensions, int kernel, ConformerNames names)
    {
        var hiddenSize = dimensions.HiddenSize;
        return
        [
            .. FeedForward(names.FirstFeedForward, dimensions, names),
            new Norm(names.AttentionNorm, hiddenSize),
            TowerBlocks.Attention(dimensions, names.Attention, qkvBias: false, outputBias: false),
            new Linear(TensorRole.AttentionExtra, names.RelativePosition, hiddenSize, hiddenSize),
            new Weight(TensorRole.AttentionExtra, names.DimensionScale, dimensions.HeadSize),
            new Norm(names.AttentionPostNorm, hiddenSize),
            new Norm("lconv1d.pre_layer_norm", hiddenSize),
            new Linear(TensorRole.RecurrentInput, "lconv1d.linear_start" + names.LinearSuffix, hiddenSize, 2L * hiddenSize),
            new Weight(TensorRole.RecurrentConvolution, "lconv1d.depthwise_conv1d.weight", hiddenSize, 1, kernel),
            new Norm("lconv1d.conv_norm", hiddenSize),
            new Linear(TensorRole.RecurrentOutput, "lconv1d.linear_end" + names.LinearSuffix, hiddenSize, hiddenSize),
            .. FeedForward(names.LastFeedForward, dimensions, names),
            new Norm(names.LayerNorm, hiddenSize),
        ];
    }

    /// <summary>The two convolutions that thin mel frames out before the first layer, and the projection behind them.</summary>
    /// <param name="config">The tower's configuration.</param>
    /// <param name="field">The field that lists the channels of both.</param>
    /// <param name="melBins">The channels of a mel frame; null where the class takes as many as the first convolution has.</param>
    /// <param name="hiddenSize">The width of the hidden states.</param>
    /// <param name="firstName">The name of the first convolution's module.</param>
    /// <param name="secondName">The name of the second's.</param>
    /// <exception cref="Errors.LlmMemoryException">The field does not list two numbers.</exception>
    public static IReadOnlyList<Block> Subsampling(
        ModelConfig config, string field, int? melBins, int hiddenSize, string firstName, string secondName)
    {
        const string Prefix = "subsample_conv_projection.";
        const int Kernel = 3;

        var channels = config.IntList(field);
        if (channels is not { Count: 2 })
        {
            throw config.Invalid(field, "should list the channels of two convolutions");
        }

        // Each convolution has a stride of 2.
        var thinned = (long)((melBins ?? channels[0]) / 4) * channels[1];
        return
        [
            new Weight(TensorRole.PatchEmbedding, $"{Prefix}{firstName}.conv.weight", channels[0], 1, Kernel, Kernel),
            new Norm($"{Prefix}{firstName}.norm", channels[0]),
            new Weight(TensorRole.PatchEmbedding, $"{Prefix}{secondName}.conv.weight", channels[1], channels[0], Kernel, Kernel),
            new Norm($"{Prefix}{secondName}.norm", channels[1]),
            new Linear(TensorRole.PatchEmbedding, Prefix + "input_proj_linear", thinned, hiddenSize),
        ];
    }

    private static IReadOnlyList<Block> FeedForward(string prefix, TowerDimensions dimensions, ConformerNames names)
    {
        // A conformer's feed-forward network is four times as wide; no field says so.
        var mlpNames = new MlpNames
        {
            Prefix = prefix,
            Up = "ffw_layer_1" + names.LinearSuffix,
            Down = "ffw_layer_2" + names.LinearSuffix,
        };
        return
        [
            new Norm(prefix + "pre_layer_norm", dimensions.HiddenSize),
            TowerBlocks.PlainMlp(dimensions with { IntermediateSize = 4 * dimensions.HiddenSize }, mlpNames) with { Bias = false },
            new Norm(prefix + "post_layer_norm", dimensions.HiddenSize),
        ];
    }
}
