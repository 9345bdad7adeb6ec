using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// Phi-3: one matrix for queries, keys and values, one for gate and up, and scaled queries. Source: ggml-org/llama.cpp
/// v0.5.0, src/models/phi3.cpp.
/// </summary>
internal sealed class Phi3Graph(GraphScope scope) : LlamaGraph(scope)
{
    /// <inheritdoc/>
    protected override QueryKeyValue Prepared(GraphLayer layer, QueryKeyValue heads)
    {
        var rotated = Rotated(layer, heads);
        return rotated with { Queries = Scale(rotated.Queries) };
    }

    /// <inheritdoc/>
    protected override GraphTensor Joined(GraphTensor network, GraphTensor residual)
    {
        return Add(residual, network);
    }

    /// <inheritdoc/>
    protected override GraphTensor Network(GraphLayer layer, GraphTensor x)
    {
        return layer.FeedForward is DenseMlp dense
            ? new DenseNetwork(layer).BuildFused(x, dense.IntermediateSize)
            : Experts(layer, new ExpertRouting { NormalisesWeights = true }, x);
    }
}
