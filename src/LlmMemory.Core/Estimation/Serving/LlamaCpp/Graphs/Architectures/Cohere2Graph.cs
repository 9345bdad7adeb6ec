

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// Command R7B: Command R with windows, and positions only where a layer sees one. Source: ggml-org/llama.cpp v0.5.0,
/// src/models/cohere2.cpp.
/// </summary>
internal sealed class Cohere2Graph(GraphScope scope) : CommandRGraph(scope)
{
    /// <inheritdoc/>
    protected override bool HasSlidingCache => true;

    /// <inheritdoc/>
    protected override QueryKeyValue Prepared(GraphLayer layer, QueryKeyValue heads)
    {
        return Slides(layer) ? Rotated(layer, heads) : heads;
    }
}
