using System;
using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Models;

namespace LlmMemory.Estimation.Serving.LlamaCpp.FrontEnds;

/// <summary>
/// How Ollama starts llama-server for a model. Sources: ollama/ollama, llm/llama_server.go (startLlamaServer),
/// llm/server.go (the clamp to the trained context), server/routes.go (the default context), envconfig/config.go,
/// ml/device.go (MinimumMemory).
/// </summary>
public sealed record OllamaSettings
{
    private const long GiB = 1L << 30;

    private const long MinimumMemory = 457L << 20;

    // api/types.go, DefaultOptions: num_batch.
    private const int BatchSize = 512;

    /// <summary>
    /// The tokens of one request (<c>num_ctx</c>, <c>OLLAMA_CONTEXT_LENGTH</c>); by <see cref="GpuMemoryBytes"/> when null.
    /// </summary>
    public long? ContextLength { get; init; }

    /// <summary>The requests that are served at once (<c>OLLAMA_NUM_PARALLEL</c>); each has the whole context.</summary>
    public int ParallelRequests { get; init; } = 1;

    /// <summary>The memory of all GPUs, which the default context follows; 0 without a GPU.</summary>
    public long? GpuMemoryBytes { get; init; }

    /// <summary>How keys and values are cached (<c>OLLAMA_KV_CACHE_TYPE</c>).</summary>
    public DataType KvCacheType { get; init; } = DataTypeCatalogue.F16;

    /// <summary>The layers on GPUs (<c>num_gpu</c>); as many as fit when null.</summary>
    public int? GpuLayers { get; init; }

    /// <summary>The GPUs.</summary>
    public int DeviceCount { get; init; } = 1;

    /// <summary>The main GPU (<c>main_gpu</c>).</summary>
    public int MainGpu { get; init; }

    /// <summary>False where the file is read (<c>use_mmap</c>).</summary>
    public bool MemoryMap { get; init; } = true;

    /// <summary>The towers.</summary>
    public LlmModel? Projector { get; init; }

    /// <summary>The LoRA adapters.</summary>
    public IReadOnlyList<LlmModel> Adapters { get; init; } = [];

    /// <summary>The settings that llama-server gets.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.ServingSettingOutOfRange"/>.</exception>
    public LlamaCppSettings For(LlamaCppModel model)
    {
        if (model is null)
        {
            throw new ArgumentNullException(nameof(model));
        }

        var all = checked(RequestLength(model) * CheckedRequests());
        return new LlamaCppSettings
        {
            ContextLength = all,
            Slots = ParallelRequests,
            BatchSize = model.IsCausal ? BatchSize : ClampToInt(all),
            MicroBatchSize = model.IsCausal ? BatchSize : ClampToInt(all),
            Embeddings = !model.IsCausal,
            KeyCacheType = KvCacheType,
            ValueCacheType = KvCacheType,
            GpuLayers = GpuLayers,
            DeviceCount = DeviceCount,
            MainGpu = MainGpu,
            MemoryMap = MemoryMap,
            Projector = Projector,
            Adapters = Adapters,

            // What Ollama sets aside on each GPU, whatever llama.cpp needs there.
            DeviceOverheadBytes = MinimumMemory,
        };
    }

    private static int ClampToInt(long value)
    {
        return (int)Math.Min(value, int.MaxValue);
    }

    private int CheckedRequests()
    {
        return ParallelRequests is >= 1 and <= 256
            ? ParallelRequests
            : throw OutOfRange(ParallelRequests, $"'{ParallelRequests}' is no number of requests at once: llama.cpp serves 1 to 256. Use for example 4.");
    }

    private long RequestLength(LlamaCppModel model)
    {
        var asked = ContextLength ?? DefaultLength();
        if (asked is < 1 or > int.MaxValue)
        {
            throw OutOfRange(asked, $"'{asked}' is no context length. Use for example 8192.");
        }

        // Ollama warns of a context that is too large for the model, and takes the model's.
        return model.TrainedLength is > 0 and var trained && trained < asked ? trained : asked;
    }

    // The bounds lie a little below 48 and 24 GiB, because cards report a little less than they are sold with.
    private long DefaultLength()
    {
        return GpuMemoryBytes switch
        {
            null => throw OutOfRange(
                null, "Ollama's default context follows the memory of the GPUs. Give a context length such as 8192, or that memory."),
            >= 47 * GiB => 262_144,
            >= 23 * GiB => 32_768,
            _ => 4_096,
        };
    }

    private static LlmMemoryException OutOfRange(object? value, string message)
    {
        return new LlmMemoryException(ErrorIds.ServingSettingOutOfRange, value, message);
    }
}
