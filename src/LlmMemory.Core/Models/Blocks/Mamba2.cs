namespace LlmMemory.Models.Blocks;

/// <summary>
/// The state space of Mamba-2: heads, each with a matrix of head size times state size, and B and C shared by the
/// heads of a group. Sources: transformers, models/mamba2/modeling_mamba2.py, models/bamba/modeling_bamba.py and
/// models/falcon_h1/modular_falcon_h1.py; Dao and Gu, arXiv 2405.21060.
/// </summary>
public sealed record Mamba2 : RecurrentMixer
{
    /// <inheritdoc/>
    public override string Kind => "Mamba2";

    /// <summary>The width of the hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The heads.</summary>
    public required int Heads { get; init; }

    /// <summary>The channels of a head.</summary>
    public required int HeadSize { get; init; }

    /// <summary>The groups of heads that share B and C.</summary>
    public required int Groups { get; init; }

    /// <summary>The state of each channel.</summary>
    public required int StateSize { get; init; }

    /// <summary>True where the convolution has a bias.</summary>
    public bool ConvolutionBias { get; init; } = true;

    /// <summary>True where the projection in has a bias.</summary>
    public bool InputBias { get; init; }

    /// <summary>True where the projection out has a bias.</summary>
    public bool OutputBias { get; init; }

    /// <summary>True where what comes out is gated by way of a normalisation with weights.</summary>
    public bool HasGatedNorm { get; init; } = true;

    /// <summary>What stands before the names of its tensors.</summary>
    public string Prefix { get; init; } = "mixer.";

    /// <summary>The channels of all heads.</summary>
    public long InnerSize => (long)Heads * HeadSize;

    /// <inheritdoc/>
    public override long StateElements => InnerSize * StateSize;

    /// <inheritdoc/>
    public override long ConvolutionChannels => InnerSize + (2L * Groups * StateSize);

    internal override void WriteTensors(TensorScope scope)
    {
        var mamba = scope.In(Prefix);
        mamba.Add(TensorRole.RecurrentExtra, "dt_bias", Heads);
        mamba.Add(TensorRole.RecurrentExtra, "A_log", Heads);
        mamba.Add(TensorRole.RecurrentExtra, "D", Heads);
        mamba.Linear(TensorRole.RecurrentInput, "in_proj", HiddenSize, InnerSize + ConvolutionChannels + Heads, InputBias);
        WriteConvolution(mamba, "conv1d", ConvolutionChannels, ConvolutionKernel, ConvolutionBias);
        if (HasGatedNorm)
        {
            mamba.Norm("norm", InnerSize, NormKind.RmsNorm);
        }

        mamba.Linear(TensorRole.RecurrentOutput, "out_proj", InnerSize, HiddenSize, OutputBias);
    }
}
