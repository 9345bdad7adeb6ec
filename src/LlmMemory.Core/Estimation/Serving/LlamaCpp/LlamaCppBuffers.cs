using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Estimation.Serving.LlamaCpp.Caches;
using LlmMemory.Estimation.Serving.LlamaCpp.Compute;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>Writes out the buffers of a model, one for each kind and device that has any.</summary>
internal sealed class LlamaCppBuffers
{
    // 454 MiB, the middle of what was measured.
    private const long MeasuredDeviceOverhead = 454L << 20;

    private readonly ComputeRequest _request;
    private readonly LlamaCppSettings _settings;
    private readonly List<LlamaCppBuffer> _buffers = [];

    private LlamaCppBuffers(ComputeRequest request)
    {
        _request = request;
        _settings = request.Settings;
    }

    /// <summary>The buffers.</summary>
    /// <param name="request">The model, laid out.</param>
    /// <param name="compute">Its compute buffers.</param>
    public static List<LlamaCppBuffer> Of(ComputeRequest request, ComputeBuffers compute)
    {
        var buffers = new LlamaCppBuffers(request);
        buffers.AddModel();
        buffers.AddCaches();
        buffers.AddOutput();
        buffers.Add(LlamaCppBufferKind.Compute, "Compute", compute.Bytes, compute.FormulaOf, LlamaCppSources.Compute);
        buffers.AddRepacked();
        buffers.AddOverhead();
        return buffers._buffers;
    }

    private void AddModel()
    {
        var weights = _request.Model.Weights.On(_request.Placement, _settings);
        Add(LlamaCppBufferKind.Model, "Weights", weights, WeightFormula, LlamaCppSources.Weights);
    }

    private void AddCaches()
    {
        var caches = _request.Caches;
        AddCache(LlamaCppBufferKind.KvCache, "KV cache", caches.Full, caches.FullCells);
        AddCache(LlamaCppBufferKind.KvCache, "Indexer cache", caches.Indexers, caches.FullCells);
        AddCache(LlamaCppBufferKind.SlidingKvCache, "Sliding KV cache", caches.Sliding, caches.SlidingCells);
        Add(LlamaCppBufferKind.RecurrentState, "Recurrent state", caches.Recurrent, StateFormula, LlamaCppSources.Recurrent);
    }

    private void AddCache(LlamaCppBufferKind kind, string name, CacheSums sums, long cells)
    {
        var settings = _settings;
        var streams = _request.Context.Streams;
        Add(kind, name, sums.OnDevices, _ => CacheFormula(sums, cells, streams, settings), LlamaCppSources.KvCache);
    }

    private void AddOutput()
    {
        var context = _request.Context;
        var model = _request.Model;
        var width = model.VocabularySize + (context.Embeddings ? model.HiddenSize : 0);
        Add(new LlamaCppBuffer(
            LlamaCppBufferKind.Output,
            "Output",
            LlamaCppPlacement.Host,
            4 * width * context.Slots,
            () => string.Format(CultureInfo.InvariantCulture, "4 bytes x {0} logits x {1} slots", width, context.Slots),
            LlamaCppSources.Output));
    }

    private void AddRepacked()
    {
        // Without a map there is one copy only: the weights are read straight into their new order.
        if (_settings.Repack && _settings.MemoryMap && _settings.DeviceCount == 0)
        {
            Add(new LlamaCppBuffer(
                LlamaCppBufferKind.Overhead,
                "Repacked weights",
                LlamaCppPlacement.Host,
                _request.Model.RepackedBytes,
                () => "the matrices in Q4_0, Q4_K, IQ4_NL and MXFP4, a second time",
                LlamaCppSources.Repack));
        }
    }

    private void AddOverhead()
    {
        for (var i = 0; i < _request.Placement.GpuCount; i++)
        {
            Add(new LlamaCppBuffer(
                LlamaCppBufferKind.Overhead,
                "CUDA context and libraries",
                _request.Placement.FirstGpu + i,
                _settings.DeviceOverheadBytes ?? MeasuredDeviceOverhead,
                () => "what the driver, cuBLAS and their pools take once for each GPU",
                LlamaCppSources.DeviceOverhead));
        }
    }

    private void Add(LlamaCppBufferKind kind, string name, DeviceBytes bytes, Func<int, string> formula, string source)
    {
        for (var device = LlamaCppPlacement.Host; device < bytes.Gpus; device++)
        {
            var place = device;
            Add(new LlamaCppBuffer(kind, name, device, bytes[device], () => formula(place), source));
        }
    }

    private void Add(LlamaCppBuffer buffer)
    {
        if (buffer.Bytes > 0)
        {
            _buffers.Add(buffer);
        }
    }

    private string WeightFormula(int device)
    {
        var isHost = device == LlamaCppPlacement.Host;
        var layers = Enumerable.Range(0, _request.Placement.Layers).Count(layer => _request.Placement[layer] == device);
        return string.Format(
            CultureInfo.InvariantCulture,
            "{0} of {1} layers{2}{3}; each tensor {4}",
            layers,
            _request.Placement.Layers,
            isHost ? ", the embedding" : string.Empty,
            _request.Placement.Output == device ? ", the output" : string.Empty,
            isHost ? "rounded up to 32 bytes" : "rounded up to 128 bytes, quantised rows to 512 weights");
    }

    private string StateFormula(int device)
    {
        _ = device;
        var layers = _request.Model.Caches.Recurrent;
        return string.Format(
            CultureInfo.InvariantCulture,
            "{0} layers in all x {1} slots x 4 bytes x ({2} + {3} elements)",
            layers.Count,
            _request.Context.Slots,
            layers.Count == 0 ? 0 : layers[0].Convolution,
            layers.Count == 0 ? 0 : layers[0].State);
    }

    private static string CacheFormula(CacheSums sums, long cells, int streams, LlamaCppSettings settings)
    {
        return string.Format(
            CultureInfo.InvariantCulture,
            "{0} layers in all x {1} cells x {2} streams, keys in {3}, values in {4}: {5} + {6} bytes",
            sums.Layers,
            cells,
            streams,
            settings.KeyCacheType,
            settings.ValueCacheType,
            sums.KeyBytes,
            sums.ValueBytes);
    }
}
