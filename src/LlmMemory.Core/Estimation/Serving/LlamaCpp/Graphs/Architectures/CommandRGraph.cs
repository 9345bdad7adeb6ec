using LlmMemory.Estimation.Serving.Ggml;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// Command R: attention and network side by side after one LayerNorm, and scaled logits. Source: ggml-org/llama.cpp
/// v0.5.0, src/models/command-r.cpp.
/// </summary>
internal class CommandRGraph(GraphScope scope) : ArchitectureGraph(scope)
{
    /// <inheritdoc/>
    protected override GraphOperation NormOperation => GraphOperation.Norm;

    /// <inheritdoc/>
    protected override GraphTensor Layer(GraphLayer layer, GraphTensor hidden)
    {
        var normalised = Normalised(layer, "attn_norm", hidden);
        var heads = QueryKeyValue.Of(layer, layer.Attention!, normalised);
        var attended = Picked(layer, Attend(layer, Prepared(layer, heads)));
        var residual = Picked(layer, hidden);
        return Add(Add(Dense(layer, Picked(layer, normalised)), residual), attended);
    }

    /// <summary>Queries and keys as they meet.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="heads">As they were projected.</param>
    protected virtual QueryKeyValue Prepared(GraphLayer layer, QueryKeyValue heads)
    {
        return Rotated(layer, NormalisedHeads(layer, heads));
    }

    /// <inheritdoc/>
    protected override GraphTensor Finish(GraphTensor logits)
    {
        return Scale(logits);
    }
}
