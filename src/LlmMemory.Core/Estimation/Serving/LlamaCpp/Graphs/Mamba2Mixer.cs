using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.Ggml.GraphViews;
using static LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Projections;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>The state space of Mamba-2. Source: ggml-org/llama.cpp v0.5.0, src/models/mamba-base.cpp (build_mamba2_layer).</summary>
internal sealed class Mamba2Mixer
{
    private readonly GraphScope _scope;
    private readonly GraphLayer _layer;
    private readonly Mamba2 _mamba;

    /// <summary>Prepares a mixer.</summary>
    /// <param name="scope">The graph.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="mamba">The dimensions.</param>
    public Mamba2Mixer(GraphScope scope, GraphLayer layer, Mamba2 mamba)
    {
        _scope = scope;
        _layer = layer;
        _mamba = mamba;
    }

    private int Sequences => _scope.Context.Sequences;

    private long SequenceTokens => _scope.Context.SequenceTokens;

    private GraphShape Heads => new(_mamba.HeadSize, _mamba.Heads, SequenceTokens, Sequences);

    /// <summary>The mixer.</summary>
    /// <param name="x">The hidden states.</param>
    public GraphTensor Build(GraphTensor x)
    {
        var convolution = new StateConvolution(_scope, _layer, _mamba);
        var before = convolution.Read();
        var width = _mamba.InnerSize + _mamba.ConvolutionChannels + _mamba.Heads;
        var all = Reshape(Project(_layer, "ssm_in", x, width), new GraphShape(width, SequenceTokens, Sequences));
        var gate = Slice(all, Heads);
        var inner = Slice(all, all.Shape.WithFirst(_mamba.ConvolutionChannels));
        var step = Slice(all, all.Shape.WithFirst(_mamba.Heads));
        var convolved = Unary(AddBias(convolution.Convolve(before, inner), _layer.Weight("ssm_conv1d.bias")));
        var values = Slice(convolved, Heads);
        var scanned = Scan(convolved, values, AddBias(Contiguous(step), _layer.Weight("ssm_dt.bias")));
        var gated = GatedUnit(Contiguous(gate), Add(Slice(scanned, Heads), Weigh(values, _layer.Weight("ssm_d"))));
        var result = Reshape(Normalised(gated), new GraphShape(_mamba.InnerSize, x.Shape.Second));
        return Project(_layer, "ssm_out", result, x.Shape.First);
    }

    private GraphTensor Scan(GraphTensor convolved, GraphTensor values, GraphTensor step)
    {
        var selected = new GraphShape(_mamba.StateSize, _mamba.Groups, SequenceTokens, Sequences);
        var (b, c) = (Slice(convolved, selected), Slice(convolved, selected));
        var state = new RecurrentState(_scope, _layer, _mamba.StateElements);
        var elements = values.Shape.Elements + (_mamba.StateElements * Sequences);
        var scanned = state.Read((states, used) => Of(
            GraphOperation.StateScan,
            new GraphShape(elements),
            Reshape(states, new GraphShape(_mamba.StateSize, _mamba.HeadSize, _mamba.Heads, Sequences)),
            values,
            step,
            _layer.Weight("ssm_a"),
            b,
            c,
            used));
        state.Write(View(scanned, new GraphShape(_mamba.StateElements, Sequences)));
        return scanned;
    }

    private GraphTensor Normalised(GraphTensor gated)
    {
        if (!_layer.Has("ssm_norm.weight"))
        {
            return gated;
        }

        var groups = new GraphShape(_mamba.InnerSize / _mamba.Groups, _mamba.Groups, SequenceTokens, Sequences);
        return RmsNorm(_layer, "ssm_norm", Reshape(gated, groups));
    }
}
