using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// Attention and then a network, each after a normalisation and beside the residual stream: Llama and its kin, dense or
/// with experts. Queries and keys are normalised where the file has weights for it. Source: ggml-org/llama.cpp v0.5.0,
/// src/models/llama.cpp, qwen2.cpp, qwen3.cpp, qwen3moe.cpp, exaone.cpp, internlm2.cpp, ernie4-5.cpp.
/// </summary>
internal class LlamaGraph(GraphScope scope) : ArchitectureGraph(scope)
{
    private static readonly ExpertRouting Routing = new() { NormalisesWeights = true };

    /// <summary>What the normalisation before the network is called.</summary>
    protected virtual string NetworkNorm => "ffn_norm";

    /// <inheritdoc/>
    protected override GraphTensor Layer(GraphLayer layer, GraphTensor hidden)
    {
        var heads = QueryKeyValue.Of(layer, layer.Attention!, Normalised(layer, "attn_norm", hidden));
        var attended = Attend(layer, Prepared(layer, heads));
        var residual = Add(Scaled(Picked(layer, attended)), Picked(layer, hidden));
        return Joined(Scaled(Network(layer, Normalised(layer, NetworkNorm, residual))), residual);
    }

    /// <summary>What attention and network give, before it is added to the residual stream.</summary>
    /// <param name="x">What they gave.</param>
    protected virtual GraphTensor Scaled(GraphTensor x)
    {
        return x;
    }

    /// <summary>The residual stream with what the network gave; which comes first decides whose place the sum takes.</summary>
    /// <param name="network">What the network gave.</param>
    /// <param name="residual">The stream.</param>
    protected virtual GraphTensor Joined(GraphTensor network, GraphTensor residual)
    {
        return Add(network, residual);
    }

    /// <summary>Queries and keys as they meet.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="heads">As they were projected.</param>
    protected virtual QueryKeyValue Prepared(GraphLayer layer, QueryKeyValue heads)
    {
        return Rotated(layer, NormalisedHeads(layer, heads));
    }

    /// <summary>The network.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">The hidden states.</param>
    protected virtual GraphTensor Network(GraphLayer layer, GraphTensor x)
    {
        return HasExperts(layer) ? Experts(layer, Routing, x) : Dense(layer, x);
    }
}
