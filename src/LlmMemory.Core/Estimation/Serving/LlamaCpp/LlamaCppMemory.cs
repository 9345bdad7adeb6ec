using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation.Serving.LlamaCpp.Caches;
using LlmMemory.Estimation.Serving.LlamaCpp.Compute;
using LlmMemory.Models;
using LlmMemory.Naming;
using LlmMemory.Quantities;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>
/// What llama.cpp allocates for a model: every buffer of the host and of each GPU, as its log shows them, and what its
/// log does not show. Weights, caches, states and outputs are exact for llama.cpp 0.5.0.
/// </summary>
public sealed class LlamaCppMemory
{
    private readonly Lazy<DetailList<string>> _assumptions;

    private LlamaCppMemory(ComputeRequest request)
    {
        var compute = ComputeBuffers.Of(request);
        var context = request.Context;
        ContextLength = context.ContextLength;
        SequenceLength = context.SequenceLength;
        BatchSize = context.BatchSize;
        MicroBatchSize = context.MicroBatchSize;
        Slots = context.Slots;
        MaxOutputs = context.MaxOutputs;
        FlashAttention = context.FlashAttention;
        ConvolutionStateBytes = request.Caches.ConvolutionBytes;
        RecurrenceStateBytes = request.Caches.RecurrenceBytes;
        ComputeMethod = compute.Method;
        Caches = new DetailList<LlamaCppCache>(CachesOf(request));
        var buffers = LlamaCppBuffers.Of(request, compute);
        buffers.AddRange(FurtherModels.Of(request.Settings, request.Placement));
        Buffers = new DetailList<LlamaCppBuffer>(buffers);
        _assumptions = new Lazy<DetailList<string>>(() => new DetailList<string>([.. LlamaCppAssumptions.Of(request, compute.Method)]));
    }

    /// <summary>The version of llama.cpp whose rules these are.</summary>
    public static string Version => LlamaCppSources.Version;

    /// <summary>Every buffer.</summary>
    public DetailList<LlamaCppBuffer> Buffers { get; }

    /// <summary>The caches as the log describes them.</summary>
    public DetailList<LlamaCppCache> Caches { get; }

    /// <summary>The tokens of all sequences together, after rounding (n_ctx).</summary>
    public long ContextLength { get; }

    /// <summary>The longest single sequence (n_ctx_seq).</summary>
    public long SequenceLength { get; }

    /// <summary>The tokens of a logical batch, after clamping (n_batch).</summary>
    public long BatchSize { get; }

    /// <summary>The tokens that are computed at once, after clamping (n_ubatch).</summary>
    public long MicroBatchSize { get; }

    /// <summary>The sequences that are served at once (n_seq_max).</summary>
    public int Slots { get; }

    /// <summary>The tokens of a batch that logits are computed for (n_outputs_max).</summary>
    public long MaxOutputs { get; }

    /// <summary>True where attention is fused.</summary>
    public bool FlashAttention { get; }

    /// <summary>The bytes that convolutions of recurrent layers remember ("R" in the log).</summary>
    public long ConvolutionStateBytes { get; }

    /// <summary>The bytes of the states of recurrent layers ("S" in the log).</summary>
    public long RecurrenceStateBytes { get; }

    /// <summary>How the compute buffers were found.</summary>
    public ComputeMethod ComputeMethod { get; }

    /// <summary>What was taken for granted, clamped or left out.</summary>
    public DetailList<string> Assumptions => _assumptions.Value;

    /// <summary>All bytes of the host.</summary>
    public long HostBytes => Buffers.Where(buffer => buffer.Gpu is null).Sum(buffer => buffer.Bytes);

    /// <summary>All bytes of all GPUs.</summary>
    public long GpuBytes => Buffers.Where(buffer => buffer.Gpu is not null).Sum(buffer => buffer.Bytes);

    /// <summary>What llama.cpp allocates for a model.</summary>
    /// <param name="model">The model, its weights as llama.cpp is to load them.</param>
    /// <param name="settings">How llama.cpp is started.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.GgufConversionUnknown"/>, <see cref="ErrorIds.LlamaCppModelUnsupported"/>,
    /// <see cref="ErrorIds.ServingSettingOutOfRange"/>, <see cref="ErrorIds.KvCacheTypeUnsupported"/>,
    /// <see cref="ErrorIds.SplitModeUnsupported"/>, <see cref="ErrorIds.TensorOverrideInvalid"/> or
    /// <see cref="ErrorIds.EstimateOverflow"/>.
    /// </exception>
    public static LlamaCppMemory Of(LlmModel model, LlamaCppSettings settings)
    {
        return Of(LlamaCppModel.Of(model), settings);
    }

    /// <summary>The same for a model that is kept between estimates.</summary>
    /// <param name="model">The model.</param>
    /// <param name="settings">How llama.cpp is started.</param>
    /// <exception cref="LlmMemoryException">As above.</exception>
    public static LlamaCppMemory Of(LlamaCppModel model, LlamaCppSettings settings)
    {
        if (model is null)
        {
            throw new ArgumentNullException(nameof(model));
        }

        if (settings is null)
        {
            throw new ArgumentNullException(nameof(settings));
        }

        try
        {
            return new LlamaCppMemory(RequestOf(model, settings));
        }
        catch (OverflowException overflow)
        {
            throw new LlmMemoryException(
                ErrorIds.EstimateOverflow,
                model.Name,
                $"The memory of {model.Name} with these settings does not fit 64 bits (9.2e18 bytes). Use a shorter context, such as 8192.",
                overflow);
        }
    }

    /// <summary>The bytes of one kind on one device.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="gpu">The GPU, from 0; null for the host.</param>
    public long BytesOf(LlamaCppBufferKind kind, int? gpu)
    {
        return Buffers.Where(buffer => buffer.Kind == kind && buffer.Gpu == gpu).Sum(buffer => buffer.Bytes);
    }

    /// <summary>The bytes of each side in one line.</summary>
    public override string ToString()
    {
        return $"llama.cpp {Version}: {ByteSize.FormatGB(GpuBytes)} on GPUs, {ByteSize.FormatGB(HostBytes)} on the host";
    }

    private static ComputeRequest RequestOf(LlamaCppModel model, LlamaCppSettings settings)
    {
        LlamaCppSettingsCheck.Check(settings);
        var trained = model.TrainedLength ?? settings.ContextLength ?? throw new LlmMemoryException(
            ErrorIds.ServingSettingOutOfRange,
            null,
            $"{model.Name} does not say what context it was made for, so a context length has to be given. Use for example 8192.");

        // Grok's attention is not compatible with fused attention; llama.cpp turns it off.
        var effective = model.Architecture == "grok" ? settings with { FlashAttention = FlashAttentionMode.Off } : settings;
        var context = new LlamaCppContext(effective, trained, model.IsCausal);
        LlamaCppSettingsCheck.Check(effective, model, context);
        var placement = new LlamaCppPlacement(effective, model.FileLayers);
        return new ComputeRequest(model, effective, context, placement, new CacheBuffers(model.Caches, effective, context, placement));
    }

    private static List<LlamaCppCache> CachesOf(ComputeRequest request)
    {
        var caches = new List<LlamaCppCache>();
        Add("Full", request.Caches.Full, request.Caches.FullCells);
        Add("SlidingWindow", request.Caches.Sliding, request.Caches.SlidingCells);
        Add("Indexer", request.Caches.Indexers, request.Caches.FullCells);
        return caches;

        void Add(string name, CacheSums sums, long cells)
        {
            if (sums.Layers > 0)
            {
                caches.Add(new LlamaCppCache(name, cells, request.Context.Streams, sums.Layers, sums.KeyBytes, sums.ValueBytes));
            }
        }
    }
}
