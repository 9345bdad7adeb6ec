using LlmMemory.Estimation.Serving.Ggml;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Projections;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// Gemma 2 and 3: scaled embeddings, a normalisation after attention and network as well as before, and windows.
/// Source: ggml-org/llama.cpp v0.5.0, src/models/gemma2.cpp and gemma3.cpp.
/// </summary>
internal sealed class Gemma2Graph(GraphScope scope) : ArchitectureGraph(scope)
{
    /// <inheritdoc/>
    protected override bool ScalesEmbeddings => true;

    /// <inheritdoc/>
    protected override bool HasSlidingCache => true;

    /// <inheritdoc/>
    protected override bool HasAttentionSoftcap => Scope.Model.Architecture == "gemma2";

    /// <inheritdoc/>
    protected override GraphTensor Layer(GraphLayer layer, GraphTensor hidden)
    {
        var heads = QueryKeyValue.Of(layer, layer.Attention!, RmsNorm(layer, "attn_norm", hidden));
        var rotated = Rotated(layer, NormalisedHeads(layer, heads));
        var attended = Picked(layer, Attend(layer, rotated with { Queries = Scale(rotated.Queries) }));
        var residual = Add(RmsNorm(layer, "post_attention_norm", attended), Picked(layer, hidden));
        var network = Dense(layer, RmsNorm(layer, "ffn_norm", residual));
        return Add(RmsNorm(layer, "post_ffw_norm", network), residual);
    }

    /// <inheritdoc/>
    protected override GraphTensor Finish(GraphTensor logits)
    {
        return Scope.Model.Architecture == "gemma2" ? Scale(Unary(Scale(logits))) : logits;
    }
}
