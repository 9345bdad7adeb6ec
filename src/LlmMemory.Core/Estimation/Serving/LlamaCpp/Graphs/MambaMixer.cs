using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.Ggml.GraphViews;
using static LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Projections;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>The selective state space of Mamba. Source: ggml-org/llama.cpp v0.5.0, src/models/mamba-base.cpp (build_mamba_layer).</summary>
internal sealed class MambaMixer
{
    private readonly GraphScope _scope;
    private readonly GraphLayer _layer;
    private readonly Mamba _mamba;

    /// <summary>Prepares a mixer.</summary>
    /// <param name="scope">The graph.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="mamba">The dimensions.</param>
    public MambaMixer(GraphScope scope, GraphLayer layer, Mamba mamba)
    {
        _scope = scope;
        _layer = layer;
        _mamba = mamba;
    }

    private int Sequences => _scope.Context.Sequences;

    private long SequenceTokens => _scope.Context.SequenceTokens;

    /// <summary>The mixer.</summary>
    /// <param name="x">The hidden states.</param>
    public GraphTensor Build(GraphTensor x)
    {
        var convolution = new StateConvolution(_scope, _layer, _mamba);
        var before = convolution.Read();
        var bySequence = Reshape(x, new GraphShape(x.Shape.First, SequenceTokens, Sequences));
        var both = Project(_layer, "ssm_in", bySequence, 2L * _mamba.InnerSize);
        var half = both.Shape.WithFirst(_mamba.InnerSize);
        var (inner, gate) = (Slice(both, half), Slice(both, half));
        var convolved = Unary(AddBias(convolution.Convolve(before, inner), _layer.Weight("ssm_conv1d.bias")));
        var scanned = Scan(convolved);
        var result = Add(Slice(scanned, half), Weigh(convolved, _layer.Weight("ssm_d")));
        var gated = GatedUnit(Contiguous(gate), result);
        return Reshape(Project(_layer, "ssm_out", gated, x.Shape.First), x.Shape);
    }

    private GraphTensor Scan(GraphTensor convolved)
    {
        var (dt, b, c) = Selection(convolved);
        var x = Reshape(convolved, new GraphShape(1, _mamba.InnerSize, SequenceTokens, Sequences));
        var state = new RecurrentState(_scope, _layer, _mamba.StateElements);
        var bytes = convolved.Shape.Elements + (_mamba.StateElements * Sequences);
        var scanned = state.Read((states, used) => Of(
            GraphOperation.StateScan,
            new GraphShape(bytes),
            Reshape(states, new GraphShape(_mamba.StateSize, 1, _mamba.InnerSize, Sequences)),
            x,
            dt,
            _layer.Weight("ssm_a"),
            b,
            c,
            used));
        state.Write(View(scanned, new GraphShape(_mamba.StateElements * Sequences)));
        return scanned;
    }

    private (GraphTensor TimeStep, GraphTensor B, GraphTensor C) Selection(GraphTensor convolved)
    {
        var all = Project(_layer, "ssm_x", convolved, _mamba.TimeStepRank + (2L * _mamba.StateSize));
        var states = new GraphShape(_mamba.StateSize, 1, SequenceTokens, Sequences);
        var (step, b, c) = (Slice(all, all.Shape.WithFirst(_mamba.TimeStepRank)), Slice(all, states), Slice(all, states));
        if (_mamba.HasPlainInnerNorms || _layer.Has("ssm_dt_norm.weight"))
        {
            (step, b, c) = (Selected("ssm_dt_norm", step), Selected("ssm_b_norm", b), Selected("ssm_c_norm", c));
        }
        else
        {
            step = Contiguous(step);
        }

        return (Project(_layer, "ssm_dt", step, _mamba.InnerSize), b, c);
    }

    private GraphTensor Selected(string stem, GraphTensor x)
    {
        var normalised = Elementwise(GraphOperation.RmsNorm, x);
        return _layer.Has(stem + ".weight") ? Weigh(normalised, _layer.Weight(stem + ".weight")) : normalised;
    }
}
