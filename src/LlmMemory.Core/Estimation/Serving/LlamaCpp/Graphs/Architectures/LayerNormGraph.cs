using LlmMemory.Estimation.Serving.Ggml;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// StarCoder 2 and Nemotron: as Llama, with normalisations by mean and variance and networks without a gate. Source:
/// ggml-org/llama.cpp v0.5.0, src/models/starcoder2.cpp and nemotron.cpp.
/// </summary>
internal class LayerNormGraph(GraphScope scope) : LlamaGraph(scope)
{
    /// <inheritdoc/>
    protected override GraphOperation NormOperation => GraphOperation.Norm;

    /// <inheritdoc/>
    protected override bool SquaresActivation => Scope.Model.Architecture == "nemotron";
}
