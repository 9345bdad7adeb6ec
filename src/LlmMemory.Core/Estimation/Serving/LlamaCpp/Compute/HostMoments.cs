using System;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Compute;

/// <summary>What the host's compute buffer holds.</summary>
internal sealed class HostMoments
{
    private readonly ComputeRequest _request;
    private readonly ComputeShape _shape;
    private readonly LayerMoments _layer;

    /// <summary>Prepares the moments.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="layer">The moments of a layer.</param>
    public HostMoments(ComputeRequest request, LayerMoments layer)
    {
        _request = request;
        _shape = request.Shape;
        _layer = layer;
    }

    /// <summary>Where the host computes layers: each moment has the looked-up embedding and the choice of outputs beside it.</summary>
    /// <param name="hasLogits">True where the host computes the logits too.</param>
    public Moment Computing(bool hasLogits)
    {
        var layer = _layer.Fullest(onGpu: false).Plus(4 * _request.Tokens);
        return (hasLogits ? layer.Or(_layer.Logits()) : layer).Plus(_request.HiddenBytes + Choice);
    }

    /// <summary>Where GPUs compute everything: the embedding, and the inputs, once for each of the copies.</summary>
    /// <param name="copies">The copies of the inputs.</param>
    public Moment Feeding(int copies)
    {
        var bytes = (2 * _request.HiddenBytes) + (copies * (_layer.Inputs + Choice)) + (4 * _request.Tokens);
        return new Moment("embedding and inputs", bytes);
    }

    /// <summary>Where GPUs compute layers whose caches lie on the host: keys, values and states come back to it.</summary>
    public Moment Storing()
    {
        var u = _request.TokenBytes;
        var keys = _shape.KeyHeads * _shape.KeySize;
        var values = _shape.KeyHeads * _shape.ValueSize;
        var stored = u * (keys + (_shape.HasFusedQuery ? _shape.QueryWidth + keys + values : values));
        return Feeding(copies: 1).Plus(Math.Max(0, Math.Max(stored - _request.HiddenBytes, u * StatesWidth)));
    }

    /// <summary>Where the host computes the experts, and nothing else.</summary>
    public Moment ComputingExperts()
    {
        var width = _shape.Mixture is { } mixture ? _layer.ExpertWidth(mixture) : 0;
        return Feeding(copies: 1).Plus(_request.TokenBytes * width) with { Name = "experts" };
    }

    private long Choice => Alignment.OnHost(4 * _request.Context.Outputs);

    private long StatesWidth => _shape.Recurrence switch
    {
        null => 0,
        Mamba mamba => (2L * mamba.InnerSize) + _shape.Hidden,
        Mamba2 mamba => (3 * mamba.InnerSize) + mamba.ConvolutionChannels + (_shape.IsParallel ? _shape.Hidden : 0),
        GatedDeltaNet delta => delta.ConvolutionChannels - _shape.Hidden,
        var mixer => (2 * mixer.ConvolutionChannels) + _shape.Hidden,
    };
}
