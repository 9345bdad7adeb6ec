using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Projections;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// Nemotron-H: layers of one kind each, Mamba-2, attention without positions, or a network that squares what it
/// activates. Source: ggml-org/llama.cpp v0.5.0, src/models/nemotron-h.cpp.
/// </summary>
internal sealed class NemotronHGraph(GraphScope scope) : ArchitectureGraph(scope)
{
    /// <inheritdoc/>
    protected override RowPick PicksRows => RowPick.AfterLastNorm;

    /// <inheritdoc/>
    protected override bool SquaresActivation => true;

    /// <inheritdoc/>
    protected override GraphTensor Layer(GraphLayer layer, GraphTensor hidden)
    {
        return Add(Mixed(layer, RmsNorm(layer, "attn_norm", hidden)), hidden);
    }

    private GraphTensor Mixed(GraphLayer layer, GraphTensor x)
    {
        return layer switch
        {
            { Recurrence: Mamba2 mamba } => new Mamba2Mixer(Scope, layer, mamba).Build(x),
            { Attention: { } attention } => Attend(layer, QueryKeyValue.Of(layer, attention, x)),
            _ => Dense(layer, x),
        };
    }
}
