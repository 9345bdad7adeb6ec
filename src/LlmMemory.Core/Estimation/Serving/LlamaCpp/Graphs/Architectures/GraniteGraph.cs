using LlmMemory.Estimation.Serving.Ggml;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// Granite 3 and MiniCPM: scales on embeddings, on what joins the residual stream, and on logits. Source:
/// ggml-org/llama.cpp v0.5.0, src/models/granite.cpp, which minicpm.cpp and granite-moe.cpp use, too.
/// </summary>
internal sealed class GraniteGraph(GraphScope scope) : LlamaGraph(scope)
{
    /// <inheritdoc/>
    protected override bool ScalesEmbeddings => true;

    /// <inheritdoc/>
    protected override GraphTensor Scaled(GraphTensor x)
    {
        return Scale(x);
    }

    /// <inheritdoc/>
    protected override GraphTensor Network(GraphLayer layer, GraphTensor x)
    {
        var network = base.Network(layer, x);
        return layer.Has("ffn_up_shexp.weight") ? Add(network, SharedExperts(layer, x)) : network;
    }

    /// <inheritdoc/>
    protected override GraphTensor Finish(GraphTensor logits)
    {
        return Scale(logits);
    }
}
