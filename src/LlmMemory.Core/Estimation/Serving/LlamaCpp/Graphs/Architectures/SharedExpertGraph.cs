using LlmMemory.Estimation.Serving.Ggml;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// ERNIE 4.5 with experts: shared ones beside those that are chosen, and dense layers before. Source: ggml-org/llama.cpp
/// v0.5.0, src/models/ernie4-5-moe.cpp.
/// </summary>
internal sealed class SharedExpertGraph(GraphScope scope) : LlamaGraph(scope)
{
    /// <inheritdoc/>
    protected override GraphTensor Network(GraphLayer layer, GraphTensor x)
    {
        var network = base.Network(layer, x);
        return layer.Has("ffn_up_shexp.weight") ? Add(network, SharedExperts(layer, x)) : network;
    }
}
