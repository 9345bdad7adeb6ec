namespace LlmMemory.Models.Blocks;

/// <summary>
/// The selective state space of Mamba: every inner channel has a state of its own. Sources: transformers,
/// models/mamba/modeling_mamba.py and models/jamba/modeling_jamba.py; Gu and Dao, arXiv 2312.00752.
/// </summary>
public sealed record Mamba : RecurrentMixer
{
    /// <inheritdoc/>
    public override string Kind => "Mamba";

    /// <summary>The width of the hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The channels inside, usually twice the hidden size.</summary>
    public required int InnerSize { get; init; }

    /// <summary>The state of each channel.</summary>
    public required int StateSize { get; init; }

    /// <summary>The rank of the projection to time steps.</summary>
    public required int TimeStepRank { get; init; }

    /// <summary>True where the convolution has a bias.</summary>
    public bool ConvolutionBias { get; init; } = true;

    /// <summary>True where the projections in and out have a bias.</summary>
    public bool ProjectionBias { get; init; }

    /// <summary>True where time step, B and C are normalised with weights, as in Jamba.</summary>
    public bool HasInnerNorms { get; init; }

    /// <summary>True where time step, B and C are normalised without weights, as in Falcon-Mamba.</summary>
    public bool HasPlainInnerNorms { get; init; }

    /// <summary>What stands before the names of its tensors.</summary>
    public string Prefix { get; init; } = "mixer.";

    /// <inheritdoc/>
    public override long StateElements => (long)InnerSize * StateSize;

    /// <inheritdoc/>
    public override long ConvolutionChannels => InnerSize;

    internal override void WriteTensors(TensorScope scope)
    {
        var mamba = scope.In(Prefix);
        mamba.Add(TensorRole.RecurrentExtra, "A_log", InnerSize, StateSize);
        mamba.Add(TensorRole.RecurrentExtra, "D", InnerSize);
        mamba.Linear(TensorRole.RecurrentInput, "in_proj", HiddenSize, 2L * InnerSize, ProjectionBias);
        WriteConvolution(mamba, "conv1d", InnerSize, ConvolutionKernel, ConvolutionBias);
        mamba.Linear(TensorRole.RecurrentInput, "x_proj", InnerSize, TimeStepRank + (2L * StateSize));
        mamba.Linear(TensorRole.RecurrentInput, "dt_proj", TimeStepRank, InnerSize, bias: true);
        mamba.Linear(TensorRole.RecurrentOutput, "out_proj", InnerSize, HiddenSize, ProjectionBias);
        if (HasInnerNorms)
        {
            mamba.Norm("dt_layernorm", TimeStepRank, NormKind.RmsNorm);
            mamba.Norm("b_layernorm", StateSize, NormKind.RmsNorm);
            mamba.Norm("c_layernorm", StateSize, NormKind.RmsNorm);
        }
    }
}
