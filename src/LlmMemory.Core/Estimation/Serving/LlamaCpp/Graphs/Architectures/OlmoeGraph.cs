using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Projections;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// OLMoE: queries and keys are normalised across heads, and the weights of experts are not. Source: ggml-org/llama.cpp
/// v0.5.0, src/models/olmoe.cpp.
/// </summary>
internal sealed class OlmoeGraph(GraphScope scope) : ArchitectureGraph(scope)
{
    private static readonly ExpertRouting Routing = new();

    /// <inheritdoc/>
    protected override GraphTensor Layer(GraphLayer layer, GraphTensor hidden)
    {
        var heads = QueryKeyValue.NormalisedAcrossHeads(layer, layer.Attention!, RmsNorm(layer, "attn_norm", hidden));
        var residual = Add(Picked(layer, Attend(layer, Rotated(layer, heads))), Picked(layer, hidden));
        return Add(Experts(layer, Routing, RmsNorm(layer, "ffn_norm", residual)), residual);
    }
}
