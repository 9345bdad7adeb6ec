using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.Ggml.GraphViews;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// A mixture of experts: a router's choice, the chosen experts' networks, and their weighted sum. Source:
/// ggml-org/llama.cpp v0.5.0, src/llama-graph.cpp (build_moe_ffn).
/// </summary>
internal sealed class ExpertMixture
{
    private readonly GraphScope _scope;
    private readonly GraphLayer _layer;
    private readonly MixtureOfExperts _experts;
    private readonly ExpertRouting _routing;

    /// <summary>Prepares a mixture.</summary>
    /// <param name="scope">The graph.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="experts">The dimensions.</param>
    /// <param name="routing">How experts are chosen and weighed.</param>
    public ExpertMixture(GraphScope scope, GraphLayer layer, MixtureOfExperts experts, ExpertRouting routing)
    {
        _scope = scope;
        _layer = layer;
        _experts = experts;
        _routing = routing;
    }

    /// <summary>True where what goes into the experts is weighed, not what comes out of them (Llama 4).</summary>
    public bool WeighsInputs { get; init; }

    /// <summary>The mixture, without shared experts.</summary>
    /// <param name="x">The hidden states.</param>
    /// <param name="routed">What the router reads; the hidden states where null.</param>
    public GraphTensor Build(GraphTensor x, GraphTensor? routed = null)
    {
        var tokens = x.Shape.Second;
        var choice = ExpertChoice.Build(_layer, _experts, _routing, routed ?? x, WeighsInputs);
        var weights = _scope.Append(choice.Weights);
        var inputs = Reshape(x, new GraphShape(x.Shape.First, 1, tokens));
        if (WeighsInputs)
        {
            inputs = Multiply(Repeat(inputs, new GraphShape(x.Shape.First, _experts.ExpertsPerToken, tokens)), weights);
        }

        var outputs = Biased("ffn_down_exps", ExpertLinear(_layer.Weight("ffn_down_exps.weight"), Inner(inputs, choice.Experts), choice.Experts, x.Shape.First), choice);
        return Sum(WeighsInputs ? outputs : Multiply(outputs, weights));
    }

    private GraphTensor Inner(GraphTensor x, GraphTensor chosen)
    {
        long width = _experts.ExpertIntermediateSize;
        if (_layer.Has("ffn_gate_up_exps.weight"))
        {
            var both = Biased("ffn_gate_up_exps", ExpertLinear(_layer.Weight("ffn_gate_up_exps.weight"), x, chosen, 2 * width), chosen);
            var half = both.Shape.WithFirst(width);
            return GatedUnit(Slice(both, half), Slice(both, half));
        }

        var up = Biased("ffn_up_exps", ExpertLinear(_layer.Weight("ffn_up_exps.weight"), x, chosen, width), chosen);
        return _layer.Has("ffn_gate_exps.weight")
            ? GatedUnit(Biased("ffn_gate_exps", ExpertLinear(_layer.Weight("ffn_gate_exps.weight"), x, chosen, width), chosen), up)
            : Activated(up);
    }

    private GraphTensor Activated(GraphTensor up)
    {
        return _routing.SquaresActivation ? Elementwise(GraphOperation.Square, Unary(up)) : Unary(up);
    }

    private GraphTensor Biased(string stem, GraphTensor x, GraphTensor chosen)
    {
        return _layer.Has(stem + ".bias") ? AddExpertBias(x, _layer.Weight(stem + ".bias"), chosen) : x;
    }

    private GraphTensor Biased(string stem, GraphTensor x, ExpertChoice choice)
    {
        return Biased(stem, x, choice.Experts);
    }

    // The views of all experts stand before the sums.
    private GraphTensor Sum(GraphTensor outputs)
    {
        _scope.Append(outputs);
        var one = new GraphShape(outputs.Shape.First, outputs.Shape.Third);
        var views = new GraphTensor[_experts.ExpertsPerToken];
        for (var i = 0; i < views.Length; i++)
        {
            views[i] = _scope.Append(Slice(outputs, one));
        }

        var sum = views[0];
        for (var i = 1; i < views.Length; i++)
        {
            sum = _scope.Append(Add(sum, views[i]));
        }

        return views.Length == 1 ? Contiguous(sum) : sum;
    }
}
