

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// SmolLM 3: every fourth layer has no positions. Source: ggml-org/llama.cpp v0.5.0, src/models/smollm3.cpp
/// (n_no_rope_layer_step).
/// </summary>
internal sealed class SmolLm3Graph(GraphScope scope) : LlamaGraph(scope)
{
    /// <summary>The layers from one without positions to the next.</summary>
    public const int Step = 4;

    /// <inheritdoc/>
    protected override QueryKeyValue Prepared(GraphLayer layer, QueryKeyValue heads)
    {
        return (layer.Index + 1) % Step == 0 ? heads : Rotated(layer, heads);
    }
}
