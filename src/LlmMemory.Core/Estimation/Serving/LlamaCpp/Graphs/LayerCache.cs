using LlmMemory.DataTypes;
using LlmMemory.Estimation.Serving.Ggml;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// The keys or the values of a layer in the cache, and what a copy of them takes on another device. Source:
/// ggml-org/llama.cpp v0.5.0, src/llama-kv-cache.cpp (get_k, get_v).
/// </summary>
internal sealed class LayerCache
{
    private readonly DataType _type;

    /// <summary>Makes a cache.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="type">What is cached in.</param>
    /// <param name="width">The width of a cell.</param>
    /// <param name="cells">The cells of all streams.</param>
    public LayerCache(GraphLayer layer, DataType type, long width, long cells)
    {
        _type = type;
        var bytes = type.GetBytes(width) * cells;
        Tensor = GraphOperations.Outside(layer.CacheDevice, bytes, bytes);
    }

    /// <summary>The cache itself.</summary>
    public GraphTensor Tensor { get; }

    /// <summary>All of it, in heads.</summary>
    /// <param name="shape">The lengths.</param>
    public GraphTensor View(in GraphShape shape)
    {
        return GraphViews.CacheView(Tensor, shape, Tensor.Bytes, Alignment.OnGpu(Tensor.Bytes, _type, shape.First));
    }

    /// <summary>The first elements of every cell.</summary>
    /// <param name="shape">The lengths of whole cells.</param>
    /// <param name="first">How many elements.</param>
    public GraphTensor Start(in GraphShape shape, long first)
    {
        // The last cell ends with the part.
        var bytes = Tensor.Bytes - _type.GetBytes(shape.First) + _type.GetBytes(first);
        return GraphViews.CacheView(Tensor, shape.WithFirst(first), bytes, Alignment.OnGpu(bytes, _type, first));
    }
}
