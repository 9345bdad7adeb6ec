using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>
/// Llama 4: chunks, layers without positions that scale their queries instead, normalised heads, and experts whose
/// inputs are weighed. Source: ggml-org/llama.cpp v0.5.0, src/models/llama4.cpp.
/// </summary>
internal sealed class Llama4Graph : LlamaGraph
{
    private static readonly ExpertRouting Routing = new() { Gating = ExpertGating.Sigmoid };

    private readonly GraphTensor _queryScale;

    /// <summary>Starts a graph.</summary>
    /// <param name="scope">What its parts share.</param>
    public Llama4Graph(GraphScope scope)
        : base(scope)
    {
        _queryScale = Input(GraphElement.F32, new GraphShape(1, 1, scope.Context.Tokens));
    }

    /// <inheritdoc/>
    protected override bool HasSlidingCache => true;

    /// <inheritdoc/>
    protected override QueryKeyValue Prepared(GraphLayer layer, QueryKeyValue heads)
    {
        if (!Slides(layer))
        {
            return heads with { Queries = Multiply(heads.Queries, _queryScale) };
        }

        var rotated = Rotated(layer, heads);
        return rotated with
        {
            Queries = Elementwise(GraphOperation.RmsNorm, rotated.Queries),
            Keys = Elementwise(GraphOperation.RmsNorm, rotated.Keys),
        };
    }

    /// <inheritdoc/>
    protected override GraphTensor Network(GraphLayer layer, GraphTensor x)
    {
        if (layer.FeedForward is not MixtureOfExperts experts)
        {
            return Dense(layer, x);
        }

        var mixture = new ExpertMixture(Scope, layer, experts, Routing) { WeighsInputs = true };
        return Add(mixture.Build(x), SharedExperts(layer, x));
    }
}
