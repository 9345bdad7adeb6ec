using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Projections;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// Mamba and Mamba-2: nothing but state spaces. Source: ggml-org/llama.cpp v0.5.0, src/models/mamba.cpp.
/// </summary>
internal sealed class MambaGraph(GraphScope scope) : ArchitectureGraph(scope)
{
    /// <inheritdoc/>
    protected override GraphTensor Layer(GraphLayer layer, GraphTensor hidden)
    {
        var normalised = RmsNorm(layer, "attn_norm", hidden);
        var mixed = layer.Recurrence is Mamba2 second
            ? new Mamba2Mixer(Scope, layer, second).Build(normalised)
            : new MambaMixer(Scope, layer, (Mamba)layer.Recurrence!).Build(normalised);
        return Add(Picked(layer, mixed), Picked(layer, hidden));
    }
}
