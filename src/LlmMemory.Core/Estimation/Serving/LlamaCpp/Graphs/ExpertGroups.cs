using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.Ggml.GraphViews;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// The choice of groups of experts before that of experts: a group counts as much as its two best. Source:
/// ggml-org/llama.cpp v0.5.0, src/llama-graph.cpp (build_moe_ffn); DeepSeek-AI, arXiv 2412.19437.
/// </summary>
internal static class ExpertGroups
{
    private const int BestOfGroup = 2;

    /// <summary>The scores with all groups but the chosen ones left out.</summary>
    /// <param name="scores">[experts, tokens].</param>
    /// <param name="routing">How many groups there are, and how many are chosen.</param>
    public static GraphTensor Mask(GraphTensor scores, ExpertRouting routing)
    {
        var tokens = scores.Shape.Second;
        var each = scores.Shape.First / routing.Groups;
        var grouped = Reshape(scores, new GraphShape(each, routing.Groups, tokens));
        var best = TopK(grouped, BestOfGroup);
        var elements = Reshape(grouped, new GraphShape(1, each, routing.Groups, tokens));
        var bestScores = Reshape(GetRows(elements, best), new GraphShape(BestOfGroup, routing.Groups, tokens));
        var groupScores = Reshape(SumRows(bestScores), new GraphShape(routing.Groups, tokens));
        var chosen = TopK(groupScores, routing.GroupsPerToken);
        var kept = GetRows(grouped, chosen);
        var masked = SetRows(Elementwise(GraphOperation.Fill, grouped), kept, chosen);
        return Reshape(masked, scores.Shape);
    }
}
