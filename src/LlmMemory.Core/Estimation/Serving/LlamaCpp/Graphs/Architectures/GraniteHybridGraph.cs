using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Projections;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// Granite 4: Mamba-2 layers with some attention between them, experts, and a scaled residual stream. Source:
/// ggml-org/llama.cpp v0.5.0, src/models/granite-hybrid.cpp. All scales take the place of what they scale.
/// </summary>
internal sealed class GraniteHybridGraph(GraphScope scope) : ArchitectureGraph(scope)
{
    private static readonly ExpertRouting Routing = new() { NormalisesWeights = true };

    /// <inheritdoc/>
    protected override bool ScalesEmbeddings => true;

    /// <inheritdoc/>
    protected override GraphTensor Layer(GraphLayer layer, GraphTensor hidden)
    {
        var normalised = RmsNorm(layer, "attn_norm", hidden);
        var mixed = layer.Recurrence is Mamba2 mamba
            ? new Mamba2Mixer(Scope, layer, mamba).Build(normalised)
            : Attend(layer, QueryKeyValue.Of(layer, layer.Attention!, normalised));
        var residual = Add(Scale(Picked(layer, mixed)), Picked(layer, hidden));
        return Add(Scale(Network(layer, RmsNorm(layer, "ffn_norm", residual))), residual);
    }

    /// <inheritdoc/>
    protected override GraphTensor Finish(GraphTensor logits)
    {
        return Scale(logits);
    }

    private GraphTensor Network(GraphLayer layer, GraphTensor x)
    {
        if (layer.FeedForward is not MixtureOfExperts experts)
        {
            return Dense(layer, x);
        }

        var mixture = Experts(layer, Routing, x);
        return experts.SharedIntermediateSize > 0 ? Add(mixture, SharedExperts(layer, x)) : mixture;
    }
}
