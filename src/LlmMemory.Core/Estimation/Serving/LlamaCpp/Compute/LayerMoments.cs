using LlmMemory.DataTypes;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Compute;

/// <summary>
/// The moments of a layer at which most is alive, in closed form: the operands of the widest operations, what waits
/// beside them (<see cref="GraphResidue"/>), and the graph's inputs. Sizes are F32 for each token of the graph.
/// </summary>
internal sealed class LayerMoments
{
    private readonly ComputeRequest _request;
    private readonly ComputeShape _shape;
    private readonly GraphResidue _residue;
    private readonly long _u;

    /// <summary>Prepares the moments.</summary>
    /// <param name="request">What is asked.</param>
    public LayerMoments(ComputeRequest request)
    {
        _request = request;
        _shape = request.Shape;
        _residue = GraphResidue.Of(_shape.Architecture);
        _u = request.TokenBytes;
        Inputs = GraphInputs.Bytes(request);
    }

    /// <summary>The bytes of the graph's inputs.</summary>
    public long Inputs { get; }

    /// <summary>The fullest moment of a layer.</summary>
    /// <param name="onGpu">True for a GPU, which needs copies of quantised caches.</param>
    /// <param name="withExperts">False where the experts are computed elsewhere.</param>
    public Moment Fullest(bool onGpu, bool withExperts = true)
    {
        if (_shape.Recurrence is Mamba mamba && _shape.Heads == 0)
        {
            return MambaLayer(mamba);
        }

        return FeedForward(withExperts).Or(Attention(onGpu));
    }

    /// <summary>The logits of all tokens that are put out.</summary>
    /// <param name="whole">True where inputs are still there: several GPUs keep them.</param>
    public Moment Logits(bool whole = false)
    {
        var row = 4 * _request.Context.Outputs;
        var logits = row * (_shape.Vocabulary + (_residue.LogitsHidden * _shape.Hidden));
        var keepsInputs = _shape.Architecture is "phi3" or "llama4" || _shape.Latent is not null;
        return keepsInputs && _request.Context.Outputs >= _request.Context.AskedTokens
            ? new Moment("logits", (row * _shape.Vocabulary) + Inputs + (3 * _request.HiddenBytes))
            : new Moment("logits", logits + (whole ? Inputs : 0));
    }

    private Moment MambaLayer(Mamba mamba)
    {
        var state = mamba.StateElements + (2 * (mamba.ConvolutionKernel - 1) * mamba.ConvolutionChannels);
        return new Moment(
            "state space", Inputs + (_u * ((2 * _shape.Hidden) + (5L * mamba.InnerSize))) + (4 * _request.Context.Slots * state));
    }

    private Moment FeedForward(bool withExperts)
    {
        var beside = _shape.Latent is not null
            ? 3 * _shape.Hidden
            : (_residue.NetworkHidden * _shape.Hidden) + (_residue.NetworkQueries * _shape.QueryWidth);
        var dense = new Moment("feed-forward", Inputs + (_u * ((3 * _shape.FeedForward) + beside)));
        if (!withExperts || _shape.Mixture is not { } mixture)
        {
            return dense;
        }

        var experts = new Moment("experts", Inputs + (_u * (ExpertWidth(mixture) + beside)));
        return _shape.Latent is not null ? experts.Or(dense) : experts;
    }

    /// <summary>The elements of a token in the routed experts: gate, up and their product, and what comes out of them.</summary>
    /// <param name="mixture">The mixture.</param>
    public long ExpertWidth(MixtureOfExperts mixture)
    {
        // Llama 4 weighs what goes into its one expert, not what comes out.
        var used = _shape.Architecture == "llama4" ? 1L : mixture.ExpertsPerToken;
        var isNarrow = _shape.Hidden > 2L * mixture.ExpertIntermediateSize && _shape.Architecture != "llama4";
        return used * ((3L * mixture.ExpertIntermediateSize) + (isNarrow ? _shape.Hidden : 0));
    }

    private Moment Attention(bool onGpu)
    {
        return _shape switch
        {
            { Heads: 0 } => default,
            { Latent: { } latent } => LatentAttention(latent),
            _ when !_request.Context.FlashAttention => Scores(),
            _ when onGpu => FusedWithCopies(),
            _ => default,
        };
    }

    // The scores of every head for every cell.
    private Moment Scores()
    {
        var beside = (_residue.AttentionHidden * _shape.Hidden) + (_residue.AttentionQueries * _shape.QueryWidth);
        return new Moment("attention scores", Inputs + (4 * _request.Tokens * Cells * _shape.Heads) + (_u * beside));
    }

    // CUDA's fused attention reads half precision: keys and values that are not are copied, one layer at a time.
    private Moment FusedWithCopies()
    {
        var copies = Copy(_request.Settings.KeyCacheType, _shape.KeySize) + Copy(_request.Settings.ValueCacheType, _shape.ValueSize);
        return copies == 0
            ? default
            : new Moment("copies of the cache in half precision", Inputs + copies + (_u * ((2 * _shape.Hidden) + (2 * _shape.QueryWidth))));
    }

    private long Copy(DataType type, long headSize)
    {
        return type == DataTypeCatalogue.F16 ? 0 : 2 * Cells * _request.Context.Streams * headSize * _shape.KeyHeads;
    }

    private Moment LatentAttention(LatentAttention latent)
    {
        var rank = (long)latent.KeyValueLoraRank;
        if (_request.Context.FlashAttention)
        {
            var fused = _shape.Heads * (latent.QkNopeHeadSize + (3L * latent.QkRopeHeadSize) + (2 * rank));
            return new Moment("latent attention", Inputs + (_u * ((3 * _shape.Hidden) + fused)));
        }

        var values = 2 * Cells * _request.Context.Streams * rank;
        var scores = 4 * _request.Tokens * Cells * _shape.Heads;
        var queries = _shape.Heads * ((2 * rank) + latent.QkRopeHeadSize);
        return new Moment("latent attention scores", Inputs + values + scores + (_u * ((3 * _shape.Hidden) + queries)));
    }

    private long Cells => _shape.HasFullCache ? _request.Caches.FullCells : _request.Caches.SlidingCells;
}
