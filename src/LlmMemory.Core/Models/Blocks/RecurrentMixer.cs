namespace LlmMemory.Models.Blocks;

/// <summary>
/// A block in which a sequence carries a state of fixed size from token to token, where attention has a cache that
/// grows. Two things are carried: the state of the recurrence, and the last inputs of a short causal convolution.
/// </summary>
public abstract record RecurrentMixer : TokenMixer
{
    /// <summary>The elements of the recurrence's state, for one sequence.</summary>
    public abstract long StateElements { get; }

    /// <summary>The channels that the short convolution runs over; 0 where there is none.</summary>
    public virtual long ConvolutionChannels => 0;

    /// <summary>
    /// The inputs that the convolution sees, the present one included: a sequence carries this many less one for
    /// each channel (some engines keep room for all of them).
    /// </summary>
    public int ConvolutionKernel { get; init; }

    /// <summary>Writes a depthwise convolution as PyTorch's Conv1d stores it: [channels, 1, kernel].</summary>
    internal static void WriteConvolution(TensorScope scope, string name, long channels, int kernel, bool bias)
    {
        scope.Add(TensorRole.RecurrentConvolution, name + ".weight", channels, 1, kernel);
        if (bias)
        {
            scope.Add(TensorRole.RecurrentConvolution, name + ".bias", channels);
        }
    }
}
