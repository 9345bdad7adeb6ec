using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.Ggml.GraphViews;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// The short convolution before a recurrence, and the inputs that it carries from one micro batch to the next. Source:
/// ggml-org/llama.cpp v0.5.0, src/models/mamba-base.cpp and src/models/delta-net-base.cpp (build_conv_state).
/// </summary>
internal sealed class StateConvolution
{
    private readonly GraphScope _scope;
    private readonly GraphLayer _layer;
    private readonly RecurrentState _state;
    private readonly long _carried;
    private readonly long _channels;

    /// <summary>Prepares a convolution.</summary>
    /// <param name="scope">The graph.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="mixer">The dimensions.</param>
    public StateConvolution(GraphScope scope, GraphLayer layer, RecurrentMixer mixer)
    {
        _scope = scope;
        _layer = layer;
        _carried = mixer.ConvolutionKernel - 1;
        _channels = mixer.ConvolutionChannels;
        _state = new RecurrentState(scope, layer, _carried * _channels);
    }

    /// <summary>The inputs of earlier tokens, [carried, channels, sequences].</summary>
    public GraphTensor Read()
    {
        return Reshape(_state.Read(), new GraphShape(_carried, _channels, _scope.Context.Sequences));
    }

    /// <summary>Puts the inputs of earlier tokens before those of the micro batch, and keeps the last of them.</summary>
    /// <param name="before">What <see cref="Read"/> gave.</param>
    /// <param name="x">[channels, tokens of a sequence, sequences].</param>
    public GraphTensor Join(GraphTensor before, GraphTensor x)
    {
        var joined = Concat(before, Transpose(x));
        _state.Write(Slice(joined, before.Shape));
        return joined;
    }

    /// <summary>The convolution of joined inputs, [channels, tokens of a sequence, sequences].</summary>
    /// <param name="joined">What <see cref="Join"/> gave.</param>
    public GraphTensor Convolve(GraphTensor joined)
    {
        return Of(
            GraphOperation.ShortConvolution,
            new GraphShape(_channels, _scope.Context.SequenceTokens, _scope.Context.Sequences),
            joined,
            _layer.Weight("ssm_conv1d.weight"));
    }

    /// <summary>Both.</summary>
    /// <param name="before">What <see cref="Read"/> gave.</param>
    /// <param name="x">[channels, tokens of a sequence, sequences].</param>
    public GraphTensor Convolve(GraphTensor before, GraphTensor x)
    {
        return Convolve(Join(before, x));
    }
}
