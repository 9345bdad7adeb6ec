namespace LlmMemory.Models.Blocks;

/// <summary>
/// A gated short convolution, as in LFM2: nothing is carried but the last inputs. Source: transformers,
/// models/lfm2/modular_lfm2.py.
/// </summary>
public sealed record ShortConvolution : RecurrentMixer
{
    /// <inheritdoc/>
    public override string Kind => "ShortConvolution";

    /// <summary>The width of the hidden states, and the channels of the convolution.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>True where convolution and projections have a bias.</summary>
    public bool Bias { get; init; }

    /// <summary>What stands before the names of its tensors.</summary>
    public string Prefix { get; init; } = "conv.";

    /// <inheritdoc/>
    public override long StateElements => 0;

    /// <inheritdoc/>
    public override long ConvolutionChannels => HiddenSize;

    internal override void WriteTensors(TensorScope scope)
    {
        var convolution = scope.In(Prefix);
        WriteConvolution(convolution, "conv", HiddenSize, ConvolutionKernel, Bias);
        convolution.Linear(TensorRole.RecurrentInput, "in_proj", HiddenSize, 3L * HiddenSize, Bias);
        convolution.Linear(TensorRole.RecurrentOutput, "out_proj", HiddenSize, HiddenSize, Bias);
    }
}
