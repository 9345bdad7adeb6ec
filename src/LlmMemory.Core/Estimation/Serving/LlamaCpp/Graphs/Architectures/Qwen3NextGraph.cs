using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.Ggml.GraphViews;
using static LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Projections;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// Qwen3-Next: gated delta nets with some gated attention between them, and experts with a gated shared one. Source:
/// ggml-org/llama.cpp v0.5.0, src/models/qwen3next.cpp.
/// </summary>
internal sealed class Qwen3NextGraph(GraphScope scope) : ArchitectureGraph(scope)
{
    private static readonly ExpertRouting Routing = new() { NormalisesWeights = true };

    /// <inheritdoc/>
    protected override RowPick PicksRows => RowPick.AfterLastNorm;

    /// <inheritdoc/>
    protected override GraphTensor Layer(GraphLayer layer, GraphTensor hidden)
    {
        var normalised = Scope.Append(RmsNorm(layer, "attn_norm", hidden));
        var mixed = layer.Recurrence is GatedDeltaNet delta ? Recurrence(layer, delta, normalised) : GatedAttention(layer, normalised);
        var residual = Add(mixed, hidden);
        return Add(Network(layer, RmsNorm(layer, "post_attention_norm", residual)), residual);
    }

    /// <summary>A gated delta net.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="delta">The dimensions.</param>
    /// <param name="x">The hidden states.</param>
    private GraphTensor Recurrence(GraphLayer layer, GatedDeltaNet delta, GraphTensor x)
    {
        return new GatedDeltaMixer(Scope, layer, delta).Build(x);
    }

    // Queries and their gates lie side by side, head by head.
    private GraphTensor GatedAttention(GraphLayer layer, GraphTensor x)
    {
        var attention = layer.Attention!;
        var tokens = x.Shape.Second;
        var width = (long)attention.HeadSize * attention.Heads;
        var both = Reshape(Linear(layer.Weight("attn_q.weight"), x, 2 * width), new GraphShape(2L * attention.HeadSize, attention.Heads, tokens));
        var keyHeads = new GraphShape(attention.HeadSize, attention.KeyValueHeads, tokens);
        var heads = new QueryKeyValue(
            RmsNorm(layer, "attn_q_norm", Slice(both, both.Shape.WithFirst(attention.HeadSize))),
            RmsNorm(layer, "attn_k_norm", Reshape(Linear(layer.Weight("attn_k.weight"), x, keyHeads.First * keyHeads.Second), keyHeads)),
            Reshape(Linear(layer.Weight("attn_v.weight"), x, keyHeads.First * keyHeads.Second), keyHeads));
        var gathered = Gather(layer, Rotated(layer, heads));
        var gate = Contiguous(Slice(both, both.Shape.WithFirst(attention.HeadSize)), new GraphShape(width, tokens));
        return Linear(layer.Weight("attn_output.weight"), Multiply(gathered, Elementwise(GraphOperation.Sigmoid, gate)), Hidden);
    }

    private GraphTensor Network(GraphLayer layer, GraphTensor x)
    {
        if (!HasExperts(layer))
        {
            return Dense(layer, x);
        }

        var mixture = Experts(layer, Routing, x);
        if (!layer.Has("ffn_up_shexp.weight"))
        {
            return mixture;
        }

        var gate = Elementwise(GraphOperation.Sigmoid, Linear(layer.Weight("ffn_gate_inp_shexp.weight"), x, 1));
        return Add(mixture, Multiply(SharedExperts(layer, x), gate));
    }
}
