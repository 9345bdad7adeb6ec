using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Projections;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// GLM-4: normalisations before and after attention and network, and one matrix for gate and up. Source:
/// ggml-org/llama.cpp v0.5.0, src/models/glm4.cpp.
/// </summary>
internal sealed class Glm4Graph(GraphScope scope) : ArchitectureGraph(scope)
{
    /// <inheritdoc/>
    protected override GraphTensor Layer(GraphLayer layer, GraphTensor hidden)
    {
        var heads = QueryKeyValue.Of(layer, layer.Attention!, RmsNorm(layer, "attn_norm", hidden));
        var attended = Picked(layer, Attend(layer, Rotated(layer, heads)));
        var residual = Add(RmsNorm(layer, "post_attention_norm", attended), Picked(layer, hidden));
        var width = ((DenseMlp)layer.FeedForward!).IntermediateSize;
        var network = new DenseNetwork(layer).BuildFused(RmsNorm(layer, "ffn_norm", residual), width);
        return Add(RmsNorm(layer, "post_ffw_norm", network), residual);
    }
}
