using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Projections;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// gpt-oss: sinks, windows, biases everywhere, and a softmax over the chosen experts alone. Source: ggml-org/llama.cpp
/// v0.5.0, src/models/openai-moe.cpp.
/// </summary>
internal sealed class GptOssGraph(GraphScope scope) : ArchitectureGraph(scope)
{
    private static readonly ExpertRouting Routing = new() { Gating = ExpertGating.SoftmaxOfChosen };

    /// <inheritdoc/>
    protected override bool HasSlidingCache => true;

    /// <inheritdoc/>
    protected override RowPick PicksRows => RowPick.BeforeLastNorm;

    /// <inheritdoc/>
    protected override GraphTensor Layer(GraphLayer layer, GraphTensor hidden)
    {
        var heads = QueryKeyValue.Of(layer, layer.Attention!, RmsNorm(layer, "attn_norm", hidden));
        var residual = Add(Attend(layer, Rotated(layer, heads)), hidden);
        return Add(Experts(layer, Routing, RmsNorm(layer, "post_attention_norm", residual)), residual);
    }
}
