using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// Qwen 2 with experts: their weights are not normalised, and a gate weighs the shared expert. Source: ggml-org/llama.cpp
/// v0.5.0, src/models/qwen2moe.cpp.
/// </summary>
internal sealed class Qwen2MoeGraph(GraphScope scope) : LlamaGraph(scope)
{
    private static readonly ExpertRouting Routing = new();

    /// <inheritdoc/>
    protected override GraphTensor Network(GraphLayer layer, GraphTensor x)
    {
        var mixture = Experts(layer, Routing, x);
        var logits = Linear(layer.Weight("ffn_gate_inp_shexp.weight"), x, 1);

        // The logistic function, as the SiLU of the logits divided by them.
        var gate = Of(GraphOperation.Divide, logits.Shape, Unary(logits), logits);
        return Add(mixture, Multiply(SharedExperts(layer, x), gate));
    }
}
