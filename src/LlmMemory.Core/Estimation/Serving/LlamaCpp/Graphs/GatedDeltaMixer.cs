using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.Ggml.GraphViews;
using static LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Projections;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// The gated delta net of Qwen3-Next, computed by one operation. Source: ggml-org/llama.cpp v0.5.0,
/// src/models/qwen3next.cpp (build_layer_attn_linear) and src/models/delta-net-base.cpp.
/// </summary>
internal sealed class GatedDeltaMixer
{
    /// <summary>Prepares a mixer.</summary>
    /// <param name="scope">The graph.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="delta">The dimensions.</param>
    public GatedDeltaMixer(GraphScope scope, GraphLayer layer, GatedDeltaNet delta)
    {
        Scope = scope;
        Layer = layer;
        Delta = delta;
    }

    /// <summary>The graph.</summary>
    private GraphScope Scope { get; }

    /// <summary>The layer.</summary>
    private GraphLayer Layer { get; }

    /// <summary>The dimensions.</summary>
    private GatedDeltaNet Delta { get; }

    /// <summary>The sequences of a micro batch.</summary>
    private int Sequences => Scope.Context.Sequences;

    /// <summary>The tokens of each.</summary>
    private long SequenceTokens => Scope.Context.SequenceTokens;

    /// <summary>The width of all values.</summary>
    private long ValueWidth => (long)Delta.ValueHeads * Delta.ValueHeadSize;

    /// <summary>A number for each value head.</summary>
    private GraphShape PerHead => new(1, Delta.ValueHeads, SequenceTokens, Sequences);

    private GraphShape Values => new(Delta.ValueHeadSize, Delta.ValueHeads, SequenceTokens, Sequences);

    /// <summary>The mixer.</summary>
    /// <param name="x">The hidden states.</param>
    public GraphTensor Build(GraphTensor x)
    {
        var mixed = Reshape(Project(Layer, "attn_qkv", x, Delta.ConvolutionChannels), new GraphShape(Delta.ConvolutionChannels, SequenceTokens, Sequences));
        var gate = Project(Layer, "attn_gate", x, ValueWidth);
        var (beta, decay) = Gates(x);
        var convolution = new StateConvolution(Scope, Layer, Delta);
        var joined = convolution.Join(convolution.Read(), mixed);
        var memory = new RecurrentState(Scope, Layer, Delta.StateElements);
        var state = Reshape(memory.Read(), new GraphShape(Delta.KeyHeadSize, Delta.ValueHeadSize, Delta.ValueHeads, Sequences));
        var convolved = Unary(convolution.Convolve(joined));
        var queries = Key(convolved);
        var keys = Key(convolved);
        var computed = Of(GraphOperation.GatedDelta, ResultShape(), queries, keys, Slice(convolved, Values), decay, beta, state);
        memory.Write(Slice(computed, state.Shape));
        return Gated(View(computed, Values), Reshape(gate, Values), x);
    }

    /// <summary>How much is taken in and how much is forgotten, for each value head.</summary>
    /// <param name="x">The hidden states.</param>
    private (GraphTensor Beta, GraphTensor Decay) Gates(GraphTensor x)
    {
        var perKey = Delta.ValueHeads / Delta.KeyHeads;
        var both = Reshape(Linear(Layer.Weight("ssm_ba.weight"), x, 2L * Delta.ValueHeads), new GraphShape(2L * perKey, Delta.KeyHeads, SequenceTokens, Sequences));
        var half = both.Shape.WithFirst(perKey);
        var beta = Elementwise(GraphOperation.Sigmoid, Contiguous(Slice(both, half)));
        var alpha = Contiguous(Slice(both, half), new GraphShape(Delta.ValueHeads, SequenceTokens, Sequences));
        return (Reshape(beta, PerHead), Reshape(Decay(alpha), PerHead));
    }

    /// <summary>The decay from its logits.</summary>
    /// <param name="alpha">The logits, a number for each value head.</param>
    private GraphTensor Decay(GraphTensor alpha)
    {
        return Weigh(Elementwise(GraphOperation.Softplus, AddBias(alpha, Layer.Weight("ssm_dt.bias"))), Layer.Weight("ssm_a"));
    }

    /// <summary>Queries or keys, as many as there are value heads.</summary>
    /// <param name="heads">Those that there are.</param>
    private GraphTensor Spread(GraphTensor heads)
    {
        var repeats = Delta.ValueHeads / Delta.KeyHeads;
        if (repeats == 1)
        {
            return heads;
        }

        var apart = Reshape(heads, new GraphShape(Delta.KeyHeadSize, 1, Delta.KeyHeads, SequenceTokens * Sequences));
        var repeated = Repeat(apart, new GraphShape(Delta.KeyHeadSize, repeats, Delta.KeyHeads, SequenceTokens * Sequences));
        return Reshape(repeated, new GraphShape(Delta.KeyHeadSize, Delta.ValueHeads, SequenceTokens, Sequences));
    }

    private GraphTensor Key(GraphTensor convolved)
    {
        var heads = Slice(convolved, new GraphShape(Delta.KeyHeadSize, Delta.KeyHeads, SequenceTokens, Sequences));
        return Spread(Scale(Elementwise(GraphOperation.RmsNorm, heads)));
    }

    // What the tokens get, and below it the states that the sequences are left with.
    private GraphShape ResultShape()
    {
        return new GraphShape(ValueWidth, (SequenceTokens * Sequences) + ((long)Delta.ValueHeadSize * Sequences));
    }

    private GraphTensor Gated(GraphTensor values, GraphTensor gate, GraphTensor x)
    {
        var gated = Multiply(RmsNorm(Layer, "ssm_norm", values), Unary(gate));
        var flat = Reshape(gated, new GraphShape(ValueWidth, SequenceTokens, Sequences));
        return Reshape(Project(Layer, "ssm_out", flat, x.Shape.First), x.Shape);
    }
}
