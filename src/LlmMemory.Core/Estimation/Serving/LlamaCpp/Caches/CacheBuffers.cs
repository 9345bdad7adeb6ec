using System;
using System.Collections.Generic;
using LlmMemory.DataTypes;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Caches;

/// <summary>
/// The caches and states of a model in a context: cells, bytes, and where they lie. Sources: ggml-org/llama.cpp v0.5.0,
/// src/llama-kv-cache.cpp, src/llama-kv-cache-iswa.cpp, src/llama-memory-recurrent.cpp.
/// </summary>
internal sealed class CacheBuffers
{
    private const int StateBytes = 4;

    private readonly CachePlan _plan;
    private readonly LlamaCppSettings _settings;
    private readonly LlamaCppContext _context;
    private readonly LlamaCppPlacement _placement;

    /// <summary>Lays the caches out.</summary>
    /// <param name="plan">What each layer keeps.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="context">The context.</param>
    /// <param name="placement">Where the layers lie.</param>
    public CacheBuffers(CachePlan plan, LlamaCppSettings settings, LlamaCppContext context, LlamaCppPlacement placement)
    {
        _plan = plan;
        _settings = settings;
        _context = context;
        _placement = placement;
        FullCells = context.SequenceLength;
        SlidingCells = SlidingCellsOf(plan, settings, context);
        Full = new CacheSums(settings.DeviceCount);
        Sliding = new CacheSums(settings.DeviceCount);
        Indexers = new CacheSums(settings.DeviceCount);
        Recurrent = new DeviceBytes(settings.DeviceCount);
        AddCaches(plan.Attention);
        AddIndexers(plan.Indexers);
        AddStates(plan.Recurrent);
    }

    /// <summary>The tokens that a stream of a full cache has room for.</summary>
    public long FullCells { get; }

    /// <summary>The tokens that a stream of a sliding cache has room for.</summary>
    public long SlidingCells { get; }

    /// <summary>The caches of the layers that see everything.</summary>
    public CacheSums Full { get; }

    /// <summary>The caches of the layers with a window.</summary>
    public CacheSums Sliding { get; }

    /// <summary>The keys of indexers.</summary>
    public CacheSums Indexers { get; }

    /// <summary>The states of recurrences on each device.</summary>
    public DeviceBytes Recurrent { get; }

    /// <summary>The bytes of the inputs that convolutions remember.</summary>
    public long ConvolutionBytes { get; private set; }

    /// <summary>The bytes of the states proper.</summary>
    public long RecurrenceBytes { get; private set; }

    private static long SlidingCellsOf(CachePlan plan, LlamaCppSettings settings, LlamaCppContext context)
    {
        var seen = ((long)plan.Window * (context.IsUnified ? context.Slots : 1)) + context.MicroBatchSize;
        return settings.FullSlidingCache ? context.SequenceLength
            : Alignment.Up(Math.Min(context.SequenceLength, seen), Alignment.Cells);
    }

    private void AddCaches(IReadOnlyList<CachedLayer> layers)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            var layer = layers[i];
            var cells = (layer.IsSliding ? SlidingCells : FullCells) * _context.Streams;

            // Without fused attention values lie transposed, and all layers have room for the widest.
            var valueWidth = layer.ValueWidth == 0 || _context.FlashAttention ? layer.ValueWidth : _plan.MaxValueWidth;
            (layer.IsSliding ? Sliding : Full).Add(
                DeviceOf(layer.Layer), Tensor(_settings.KeyCacheType, layer.KeyWidth, cells), Tensor(_settings.ValueCacheType, valueWidth, cells));
        }
    }

    private void AddIndexers(IReadOnlyList<CachedLayer> layers)
    {
        foreach (var layer in layers)
        {
            var keys = Tensor(_settings.KeyCacheType, layer.KeyWidth, FullCells * _context.Streams);
            Indexers.Add(DeviceOf(layer.Layer), keys, default);
        }
    }

    private void AddStates(IReadOnlyList<RecurrentLayer> layers)
    {
        foreach (var layer in layers)
        {
            var convolution = layer.Convolution * StateBytes * _context.Slots;
            var state = layer.State * StateBytes * _context.Slots;
            Recurrent.Add(DeviceOf(layer.Layer), Size(convolution));
            Recurrent.Add(DeviceOf(layer.Layer), Size(state));
            ConvolutionBytes += convolution;
            RecurrenceBytes += state;
        }

        static TensorSize Size(long bytes) => new(Alignment.OnHost(bytes), Alignment.Up(bytes, Alignment.Gpu));
    }

    private int DeviceOf(int layer)
    {
        return _settings.KvOffload ? _placement[layer] : LlamaCppPlacement.Host;
    }

    private static CacheTensor Tensor(DataType type, long width, long cells)
    {
        var bytes = type.GetBytes(width) * cells;
        return width == 0 ? default : new CacheTensor(bytes, new TensorSize(Alignment.OnHost(bytes), Alignment.OnGpu(bytes, type, width)));
    }
}
