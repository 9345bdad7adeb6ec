using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Projections;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// DeepSeek V2 and V3, and what is built like them: latent attention, and experts from groups with shared ones beside
/// them. Source: ggml-org/llama.cpp v0.5.0, src/models/deepseek2.cpp.
/// </summary>
internal sealed class DeepSeek2Graph(GraphScope scope) : ArchitectureGraph(scope)
{
    /// <inheritdoc/>
    protected override GraphTensor Layer(GraphLayer layer, GraphTensor hidden)
    {
        var normalised = RmsNorm(layer, "attn_norm", hidden);
        var attended = new LatentCore(Scope, layer, layer.Latent!).Build(normalised, Positions);
        var residual = Add(Picked(layer, attended), Picked(layer, hidden));
        return Add(Network(layer, RmsNorm(layer, "ffn_norm", residual)), residual);
    }

    private GraphTensor Network(GraphLayer layer, GraphTensor x)
    {
        return layer.FeedForward is MixtureOfExperts experts
            ? Add(Experts(layer, experts.Routing!, x), SharedExperts(layer, x))
            : Dense(layer, x);
    }
}
