using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.Ggml.GraphViews;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>What a router chooses for each token.</summary>
/// <param name="Experts">The chosen experts, [experts for each token, tokens].</param>
/// <param name="Weights">Their weights, [1, experts for each token, tokens].</param>
internal sealed record ExpertChoice(GraphTensor Experts, GraphTensor Weights)
{
    /// <summary>The choice. Source: ggml-org/llama.cpp v0.5.0, src/llama-graph.cpp (build_moe_ffn, its first half).</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="experts">The dimensions.</param>
    /// <param name="routing">How experts are chosen and weighed.</param>
    /// <param name="x">What the router reads.</param>
    /// <param name="choosesByLogits">True where the choice is made before scores become weights (Llama 4).</param>
    public static ExpertChoice Build(
        GraphLayer layer, MixtureOfExperts experts, ExpertRouting routing, GraphTensor x, bool choosesByLogits)
    {
        var logits = Projections.Project(layer, "ffn_gate_inp", x, experts.Experts);
        var scores = Scores(routing.Gating, logits);
        var chosenBy = layer.Has("exp_probs_b.bias") ? AddBias(scores, layer.Weight("exp_probs_b.bias")) : scores;
        chosenBy = choosesByLogits ? logits : chosenBy;
        chosenBy = routing.Groups > 1 ? ExpertGroups.Mask(chosenBy, routing) : chosenBy;
        var chosen = TopK(chosenBy, experts.ExpertsPerToken);
        var weights = GetRows(Reshape(scores, new GraphShape(1, experts.Experts, x.Shape.Second)), chosen);
        return new ExpertChoice(chosen, Weighed(routing, weights));
    }

    private static GraphTensor Scores(ExpertGating gating, GraphTensor logits)
    {
        return gating switch
        {
            ExpertGating.Sigmoid => Elementwise(GraphOperation.Sigmoid, logits),
            ExpertGating.SoftmaxOfChosen => logits,
            ExpertGating.SqrtSoftplus => Elementwise(GraphOperation.SquareRoot, Elementwise(GraphOperation.Softplus, logits)),
            _ => Elementwise(GraphOperation.SoftMax, logits),
        };
    }

    private static GraphTensor Weighed(ExpertRouting routing, GraphTensor weights)
    {
        var rows = new GraphShape(weights.Shape.Second, weights.Shape.Third);
        if (routing.Gating == ExpertGating.SoftmaxOfChosen)
        {
            weights = Reshape(Elementwise(GraphOperation.SoftMax, Reshape(weights, rows)), weights.Shape);
        }

        if (routing.NormalisesWeights)
        {
            var flat = Reshape(weights, rows);
            var sum = Elementwise(GraphOperation.Clamp, SumRows(flat));
            weights = Reshape(Of(GraphOperation.Divide, rows, flat, sum), weights.Shape);
        }

        return routing.ScalesWeights ? Scale(weights) : weights;
    }
}
