using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;
using static LlmMemory.Estimation.Serving.Ggml.GraphOperations;
using static LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Projections;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// The graph of an architecture: embeddings, layer upon layer, and logits. Each architecture says what its layers do,
/// in the order of its file in ggml-org/llama.cpp v0.5.0, src/models.
/// </summary>
internal abstract class ArchitectureGraph
{
    /// <summary>Starts a graph.</summary>
    /// <param name="scope">What its parts share.</param>
    protected ArchitectureGraph(GraphScope scope)
    {
        Scope = scope;
        Positions = Input(GraphElement.I32, new GraphShape(scope.Context.Tokens * PositionsPerToken));
    }

    /// <summary>What the parts of the graph share.</summary>
    protected GraphScope Scope { get; }

    /// <summary>The positions of the tokens.</summary>
    protected GraphTensor Positions { get; }

    /// <summary>The width of the hidden states.</summary>
    protected long Hidden => Scope.Model.HiddenSize;

    /// <summary>The positions of a token: 1, or one for each axis of a picture.</summary>
    protected virtual int PositionsPerToken => 1;

    /// <summary>True where embeddings are multiplied by a number.</summary>
    protected virtual bool ScalesEmbeddings => false;

    /// <summary>How hidden states are normalised.</summary>
    protected virtual GraphOperation NormOperation => GraphOperation.RmsNorm;

    /// <summary>True where the cache has a part for layers with a window.</summary>
    protected virtual bool HasSlidingCache => false;

    /// <summary>Where the rows that logits are computed for are picked out.</summary>
    protected virtual RowPick PicksRows => RowPick.InLastLayer;

    /// <summary>True where networks without a gate square what they activate.</summary>
    protected virtual bool SquaresActivation => false;

    /// <summary>True where attention scores are held between bounds.</summary>
    protected virtual bool HasAttentionSoftcap => false;

    /// <summary>The graph.</summary>
    public ComputeGraph Build()
    {
        var hidden = Embeddings();
        foreach (var layer in Scope.Layers)
        {
            hidden = Layer(layer, hidden);
            hidden.EndsRound = Scope.Repeated?.EndsRound(layer.Index) == true;
        }

        Scope.Append(Logits(hidden));
        return Scope.Graph;
    }

    /// <summary>A layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="hidden">The hidden states that come in.</param>
    /// <returns>Those that go out.</returns>
    protected abstract GraphTensor Layer(GraphLayer layer, GraphTensor hidden);

    /// <summary>What is done to embeddings.</summary>
    /// <param name="embeddings">The embeddings.</param>
    protected virtual GraphTensor Embedded(GraphTensor embeddings)
    {
        return embeddings;
    }

    /// <summary>What is done to logits.</summary>
    /// <param name="logits">The logits.</param>
    protected virtual GraphTensor Finish(GraphTensor logits)
    {
        return logits;
    }

    /// <summary>The rows that logits are computed for, in the last layer; the same tensor in any other.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">A tensor with a row for each token.</param>
    protected GraphTensor Picked(GraphLayer layer, GraphTensor x)
    {
        return Scope.IsLast(layer) && PicksRows == RowPick.InLastLayer ? GetRows(x, Scope.OutputRows) : x;
    }

    /// <summary>A normalisation of hidden states.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="stem">What its tensor is called.</param>
    /// <param name="x">The hidden states.</param>
    protected GraphTensor Normalised(GraphLayer layer, string stem, GraphTensor x)
    {
        return Normalise(layer, stem, NormOperation, x);
    }

    /// <summary>Attention with everything around it: heads, the meeting of queries and keys, the projection out.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="heads">Queries, keys and values.</param>
    protected GraphTensor Attend(GraphLayer layer, QueryKeyValue heads)
    {
        return Project(layer, "attn_output", Gather(layer, heads), Hidden);
    }

    /// <summary>Attention up to what each token has gathered.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="heads">Queries, keys and values.</param>
    protected GraphTensor Gather(GraphLayer layer, QueryKeyValue heads)
    {
        var core = new AttentionCore(Scope, Slides(layer) ? Scope.SlidingCache : Scope.FullCache, layer)
        {
            StoresValuesFirst = !HasSlidingCache,
            HasSoftcap = HasAttentionSoftcap,
        };
        return core.Build(heads.Queries, heads.Keys, heads.Values);
    }

    /// <summary>True where a layer sees a window only.</summary>
    /// <param name="layer">The layer.</param>
    protected bool Slides(GraphLayer layer)
    {
        return HasSlidingCache && layer.Attention?.Window is not null;
    }

    /// <summary>Rotary positions on queries and keys.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="heads">Queries, keys and values.</param>
    protected QueryKeyValue Rotated(GraphLayer layer, QueryKeyValue heads)
    {
        var factors = layer.RotaryFactors;
        return heads with { Queries = Rope(heads.Queries, Positions, factors), Keys = Rope(heads.Keys, Positions, factors) };
    }

    /// <summary>Queries and keys, each head normalised where the file has weights for it.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="heads">Queries, keys and values.</param>
    protected QueryKeyValue NormalisedHeads(GraphLayer layer, QueryKeyValue heads)
    {
        return heads with
        {
            Queries = layer.Has("attn_q_norm.weight") ? Normalised(layer, "attn_q_norm", heads.Queries) : heads.Queries,
            Keys = layer.Has("attn_k_norm.weight") ? Normalised(layer, "attn_k_norm", heads.Keys) : heads.Keys,
        };
    }

    /// <summary>The dense network of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">The hidden states.</param>
    protected GraphTensor Dense(GraphLayer layer, GraphTensor x)
    {
        return new DenseNetwork(layer) { SquaresActivation = SquaresActivation }.Build(x, ((DenseMlp)layer.FeedForward!).IntermediateSize);
    }

    /// <summary>The routed experts of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="routing">How they are chosen and weighed.</param>
    /// <param name="x">The hidden states.</param>
    protected GraphTensor Experts(GraphLayer layer, ExpertRouting routing, GraphTensor x)
    {
        return new ExpertMixture(Scope, layer, (MixtureOfExperts)layer.FeedForward!, routing).Build(x);
    }

    /// <summary>The shared experts of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">The hidden states.</param>
    protected static GraphTensor SharedExperts(GraphLayer layer, GraphTensor x)
    {
        return new DenseNetwork(layer) { Ending = "_shexp" }.Build(x, ((MixtureOfExperts)layer.FeedForward!).SharedIntermediateSize);
    }

    /// <summary>True where a layer has experts.</summary>
    /// <param name="layer">The layer.</param>
    protected static bool HasExperts(GraphLayer layer)
    {
        return layer.FeedForward is MixtureOfExperts;
    }

    // Embeddings may come in ready-made instead of tokens, so that there is an input for both.
    private GraphTensor Embeddings()
    {
        var tokens = Scope.Context.Tokens;
        var looked = Scope.Append(LookUp(Scope.Weights.Shared("token_embd.weight"), Hidden, Input(GraphElement.I32, new GraphShape(tokens))));
        Scope.Append(Input(GraphElement.F32, new GraphShape(Hidden, tokens)));
        return Embedded(ScalesEmbeddings ? Scope.Append(Scale(looked)) : looked);
    }

    // The states that the modules for drafting start from are kept where they hold all rows.
    private GraphTensor Logits(GraphTensor hidden)
    {
        hidden.IsOutput = PicksRows == RowPick.BeforeLastNorm;
        var picked = PicksRows == RowPick.BeforeLastNorm ? GetRows(hidden, Scope.OutputRows) : hidden;
        var weights = Scope.Weights;
        var normalised = Weigh(Elementwise(NormOperation, picked), weights.Shared("output_norm.weight"));
        normalised = weights.Has("output_norm.bias") ? AddBias(normalised, weights.Shared("output_norm.bias")) : normalised;
        normalised.IsOutput = true;
        var rows = PicksRows == RowPick.AfterLastNorm ? GetRows(normalised, Scope.OutputRows) : normalised;
        rows.IsOutput = true;
        var logits = Linear(weights.Head, rows, Scope.Model.VocabularySize);
        logits = Finish(weights.Has("output.bias") ? AddBias(logits, weights.Shared("output.bias")) : logits);
        logits.IsOutput = true;
        return logits;
    }
}
