using LlmMemory.Estimation.Serving.Ggml;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// StableLM: LayerNorms, and layers without one before the network read what attention read. Source: ggml-org/llama.cpp
/// v0.5.0, src/models/stablelm.cpp.
/// </summary>
internal sealed class StableLmGraph(GraphScope scope) : ArchitectureGraph(scope)
{
    /// <inheritdoc/>
    protected override GraphOperation NormOperation => GraphOperation.Norm;

    /// <inheritdoc/>
    protected override GraphTensor Layer(GraphLayer layer, GraphTensor hidden)
    {
        var normalised = Normalised(layer, "attn_norm", hidden);
        var heads = NormalisedHeads(layer, QueryKeyValue.Of(layer, layer.Attention!, normalised));
        var attended = Picked(layer, Attend(layer, Rotated(layer, heads)));
        var residual = Add(attended, Picked(layer, hidden));
        var read = layer.Has("ffn_norm.weight") ? Normalised(layer, "ffn_norm", residual) : Picked(layer, normalised);
        return Add(Dense(layer, read), residual);
    }
}
