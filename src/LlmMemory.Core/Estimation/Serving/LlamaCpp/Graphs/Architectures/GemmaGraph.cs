using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>Gemma: scaled embeddings and queries. Source: ggml-org/llama.cpp v0.5.0, src/models/gemma.cpp.</summary>
internal sealed class GemmaGraph(GraphScope scope) : LlamaGraph(scope)
{
    /// <inheritdoc/>
    protected override bool ScalesEmbeddings => true;

    /// <inheritdoc/>
    protected override QueryKeyValue Prepared(GraphLayer layer, QueryKeyValue heads)
    {
        var rotated = Rotated(layer, heads);
        return rotated with { Queries = Scale(rotated.Queries) };
    }
}
