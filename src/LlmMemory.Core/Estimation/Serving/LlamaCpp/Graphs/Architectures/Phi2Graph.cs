using LlmMemory.Estimation.Serving.Ggml;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// Phi-2: attention and network side by side after one LayerNorm, and scaled queries. Source: ggml-org/llama.cpp v0.5.0,
/// src/models/phi2.cpp.
/// </summary>
internal sealed class Phi2Graph(GraphScope scope) : ArchitectureGraph(scope)
{
    /// <inheritdoc/>
    protected override GraphOperation NormOperation => GraphOperation.Norm;

    /// <inheritdoc/>
    protected override GraphTensor Layer(GraphLayer layer, GraphTensor hidden)
    {
        var normalised = Normalised(layer, "attn_norm", hidden);
        var heads = Rotated(layer, QueryKeyValue.Of(layer, layer.Attention!, normalised));
        var attended = Picked(layer, Attend(layer, heads with { Queries = Scale(heads.Queries) }));
        return Add(Add(attended, Dense(layer, Picked(layer, normalised))), Picked(layer, hidden));
    }
}
