using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>A layer in a graph: its dimensions, its weights, and the devices that these and its cache lie on.</summary>
internal sealed class GraphLayer
{
    private readonly LlamaCppLayer _layer;
    private readonly GraphWeights _weights;

    /// <summary>Places a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="weights">The weights of the graph.</param>
    /// <param name="context">What the graph is reserved for.</param>
    public GraphLayer(LlamaCppLayer layer, GraphWeights weights, GraphContext context)
    {
        _layer = layer;
        _weights = weights;
        Device = weights.DeviceOf(layer);
        CacheDevice = context.KvOffload ? Device : GraphDevice.Host;
    }

    /// <summary>The layer's number, from 0.</summary>
    public int Index => _layer.Index;

    /// <summary>The attention that has heads with keys of their own; null where there is none.</summary>
    public GroupedQueryAttention? Attention => _layer.Attention;

    /// <summary>The latent attention; null where there is none.</summary>
    public LatentAttention? Latent => _layer.Latent;

    /// <summary>The recurrence; null where there is none.</summary>
    public RecurrentMixer? Recurrence => _layer.Recurrence;

    /// <summary>What works on each token by itself.</summary>
    public FeedForward? FeedForward => _layer.FeedForward;

    /// <summary>The device of the layer.</summary>
    public int Device { get; }

    /// <summary>The device of its cache and its states.</summary>
    public int CacheDevice { get; }

    /// <summary>The factors of rotary positions; null where the file has none.</summary>
    public GraphTensor? RotaryFactors => _weights.RotaryFactors(Device);

    /// <summary>True where the file has that tensor for the layer: <c>attn_q.bias</c>.</summary>
    /// <param name="name">The name within the layer.</param>
    public bool Has(string name)
    {
        return _layer.Has(name);
    }

    /// <summary>A tensor of the layer.</summary>
    /// <param name="name">The name within the layer.</param>
    public GraphTensor Weight(string name)
    {
        return _weights.Of(_layer, name);
    }

    /// <summary>A tensor of the layer; null where the file has none.</summary>
    /// <param name="name">The name within the layer.</param>
    public GraphTensor? WeightIfAny(string name)
    {
        return Has(name) ? Weight(name) : null;
    }
}
