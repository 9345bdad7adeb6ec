using LlmMemory.Estimation.Serving.Ggml;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// GPT-2: a learnt embedding for each position instead of rotary ones. Source: ggml-org/llama.cpp v0.5.0,
/// src/models/gpt2.cpp.
/// </summary>
internal sealed class Gpt2Graph(GraphScope scope) : LayerNormGraph(scope)
{
    /// <inheritdoc/>
    protected override GraphTensor Embedded(GraphTensor embeddings)
    {
        return Add(embeddings, LookUp(Scope.Weights.Shared("position_embd.weight"), Hidden, Positions));
    }

    /// <inheritdoc/>
    protected override QueryKeyValue Prepared(GraphLayer layer, QueryKeyValue heads)
    {
        return heads;
    }
}
