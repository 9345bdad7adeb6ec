using LlmMemory.Estimation.Serving.Ggml;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Projections;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// OLMo 2 and 3: normalisations after attention and network instead of before, and of queries and keys across heads.
/// Source: ggml-org/llama.cpp v0.5.0, src/models/olmo2.cpp.
/// </summary>
internal sealed class Olmo2Graph(GraphScope scope) : ArchitectureGraph(scope)
{
    /// <inheritdoc/>
    protected override bool HasSlidingCache => Scope.Model.Caches.Window > 0;

    /// <inheritdoc/>
    protected override GraphTensor Layer(GraphLayer layer, GraphTensor hidden)
    {
        var heads = QueryKeyValue.NormalisedAcrossHeads(layer, layer.Attention!, hidden);
        var attended = Picked(layer, Attend(layer, Rotated(layer, heads)));
        var residual = Add(RmsNorm(layer, "post_attention_norm", attended), Picked(layer, hidden));
        return Add(RmsNorm(layer, "post_ffw_norm", Dense(layer, residual)), residual);
    }
}
