

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// Arcee: Llama whose network has no gate, and squares what it activates. Source: ggml-org/llama.cpp v0.5.0,
/// src/models/arcee.cpp.
/// </summary>
internal sealed class SquaredReluGraph(GraphScope scope) : LlamaGraph(scope)
{
    /// <inheritdoc/>
    protected override bool SquaresActivation => true;
}
