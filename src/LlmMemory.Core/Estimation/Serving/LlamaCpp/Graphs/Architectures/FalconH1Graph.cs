using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Projections;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// Falcon-H1: attention and Mamba-2 side by side in every layer. Source: ggml-org/llama.cpp v0.5.0,
/// src/models/falcon-h1.cpp.
/// </summary>
internal sealed class FalconH1Graph(GraphScope scope) : ArchitectureGraph(scope)
{
    /// <inheritdoc/>
    protected override GraphTensor Layer(GraphLayer layer, GraphTensor hidden)
    {
        var heads = QueryKeyValue.Of(layer, layer.Attention!, RmsNorm(layer, "attn_norm", hidden));
        var attended = Attend(layer, Rotated(layer, heads));
        var mixed = new Mamba2Mixer(Scope, layer, (Mamba2)layer.Recurrence!).Build(RmsNorm(layer, "attn_norm", hidden));
        var residual = Picked(layer, Add(Add(attended, mixed), hidden));
        return Add(Dense(layer, RmsNorm(layer, "ffn_norm", residual)), residual);
    }
}
