using LlmMemory.DataTypes;

namespace LlmMemory.Estimation.Serving.LlamaCpp.FrontEnds;

/// <summary>
/// How LM Studio loads a model with its llama.cpp engine, as far as its documentation says it; the program itself is
/// closed. Source: lmstudio.ai/docs/app/advanced/parallel-requests (4 concurrent predictions since llama.cpp engine
/// 2.0.0).
/// </summary>
public sealed record LmStudioSettings
{
    /// <summary>The tokens of the context, as the load dialog shows them.</summary>
    public required long ContextLength { get; init; }

    /// <summary>Max Concurrent Predictions.</summary>
    public int ConcurrentPredictions { get; init; } = 4;

    /// <summary>True where all predictions share one cache of <see cref="ContextLength"/> tokens.</summary>
    public bool UnifiedKv { get; init; } = true;

    /// <summary>GPU offload, in layers; all when null.</summary>
    public int? GpuLayers { get; init; }

    /// <summary>The GPUs.</summary>
    public int DeviceCount { get; init; } = 1;

    /// <summary>K cache quantisation.</summary>
    public DataType KeyCacheType { get; init; } = DataTypeCatalogue.F16;

    /// <summary>V cache quantisation.</summary>
    public DataType ValueCacheType { get; init; } = DataTypeCatalogue.F16;

    /// <summary>False where caches stay on the host.</summary>
    public bool KvOffload { get; init; } = true;

    /// <summary>The settings that llama.cpp gets; what is not shown in the dialog is llama.cpp's default.</summary>
    public LlamaCppSettings ToLlamaCpp()
    {
        return new LlamaCppSettings
        {
            ContextLength = ContextLength,
            Slots = ConcurrentPredictions,
            UnifiedKv = UnifiedKv,
            GpuLayers = GpuLayers,
            DeviceCount = DeviceCount,
            KeyCacheType = KeyCacheType,
            ValueCacheType = ValueCacheType,
            KvOffload = KvOffload,
        };
    }
}
