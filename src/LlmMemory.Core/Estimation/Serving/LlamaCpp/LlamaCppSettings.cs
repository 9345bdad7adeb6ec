using System;
using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>
/// How llama.cpp is started. What is not set is what llama-server takes. Sources: ggml-org/llama.cpp v0.5.0,
/// common/common.h (common_params), common/arg.cpp, tools/server/server.cpp.
/// </summary>
public sealed record LlamaCppSettings
{
    private readonly LlmModel? _draft;

    /// <summary>The types that llama.cpp caches keys and values in. Source: common/arg.cpp (kv_cache_types).</summary>
    public static IReadOnlyList<DataType> CacheTypes { get; } =
    [
        DataTypeCatalogue.F32, DataTypeCatalogue.F16, DataTypeCatalogue.BF16, GgufDataTypes.Q8_0, GgufDataTypes.Q4_0,
        GgufDataTypes.Q4_1, GgufDataTypes.IQ4_NL, GgufDataTypes.Q5_0, GgufDataTypes.Q5_1,
    ];

    /// <summary>The tokens of all slots together (<c>-c</c>); the model's own length when null.</summary>
    public long? ContextLength { get; init; }

    /// <summary>The tokens of a logical batch (<c>-b</c>).</summary>
    public int BatchSize { get; init; } = 2048;

    /// <summary>The tokens that are computed at once (<c>-ub</c>).</summary>
    public int MicroBatchSize { get; init; } = 512;

    /// <summary>The sequences that are served at once (<c>-np</c>); 4 when null, as llama-server has it.</summary>
    public int? Slots { get; init; }

    /// <summary>True where all slots share one cache (<c>-kvu</c>); when null, true where <see cref="Slots"/> is null.</summary>
    public bool? UnifiedKv { get; init; }

    /// <summary>
    /// The tokens of a batch that logits are computed for; one for each slot when null, as llama-server has it. 0 is
    /// the whole batch, what programs take that do not say otherwise.
    /// </summary>
    public int? MaxOutputs { get; init; }

    /// <summary>True where embeddings are put out beside the logits (<c>--embeddings</c>).</summary>
    public bool Embeddings { get; init; }

    /// <summary>True where layers with a window keep all tokens (<c>--swa-full</c>).</summary>
    public bool FullSlidingCache { get; init; }

    /// <summary>Whether attention is fused (<c>-fa</c>).</summary>
    public FlashAttentionMode FlashAttention { get; init; }

    /// <summary>How keys are cached (<c>-ctk</c>).</summary>
    public DataType KeyCacheType { get; init; } = DataTypeCatalogue.F16;

    /// <summary>How values are cached (<c>-ctv</c>).</summary>
    public DataType ValueCacheType { get; init; } = DataTypeCatalogue.F16;

    /// <summary>
    /// The layers that lie on GPUs (<c>-ngl</c>), counted from the last; the output counts as one. All when null:
    /// llama.cpp itself would then offload as many as fit.
    /// </summary>
    public int? GpuLayers { get; init; }

    /// <summary>The GPUs that llama.cpp sees; 0 for none.</summary>
    public int DeviceCount { get; init; } = 1;

    /// <summary>The share of each GPU (<c>-ts</c>); empty for shares by free memory, which are taken to be equal.</summary>
    public IReadOnlyList<double> TensorSplit { get; init; } = [];

    /// <summary>How the model is spread over several GPUs (<c>-sm</c>).</summary>
    public LlamaCppSplitMode SplitMode { get; init; }

    /// <summary>The GPU that is used where only one is (<c>-mg</c>), from 0.</summary>
    public int MainGpu { get; init; }

    /// <summary>Tensors that lie somewhere else (<c>-ot</c>); the first rule that matches counts.</summary>
    public IReadOnlyList<TensorOverride> TensorOverrides { get; init; } = [];

    /// <summary>True where the experts of all layers stay on the host (<c>--cpu-moe</c>).</summary>
    public bool CpuMoe { get; init; }

    /// <summary>The first layers whose experts stay on the host (<c>--n-cpu-moe</c>).</summary>
    public int CpuMoeLayers { get; init; }

    /// <summary>False where caches stay on the host (<c>-nkvo</c>).</summary>
    public bool KvOffload { get; init; } = true;

    /// <summary>
    /// True where the GPU computes with weights that lie on the host, copied for the purpose, once a batch has 32
    /// tokens (<c>--op-offload</c>).
    /// </summary>
    public bool OpOffload { get; init; } = true;

    /// <summary>
    /// True where CUDA fuses operations, and keeps what it fuses: mixtures of experts then need more. False is what
    /// GGML_CUDA_DISABLE_FUSION=1 asks for, and what devices that are not CUDA's do.
    /// </summary>
    public bool CudaFusion { get; init; } = true;

    /// <summary>True where the file is mapped, not read (<c>--load-mode mmap</c>).</summary>
    public bool MemoryMap { get; init; } = true;

    /// <summary>True where weights that the CPU computes with are stored anew in an order that suits it (<c>--repack</c>).</summary>
    public bool Repack { get; init; } = true;

    /// <summary>
    /// What CUDA itself and its libraries take on each GPU; as measured on a GeForce RTX 4090 when null.
    /// </summary>
    public long? DeviceOverheadBytes { get; init; }

    /// <summary>The towers that turn images or sound into tokens (<c>--mmproj</c>).</summary>
    public LlmModel? Projector { get; init; }

    /// <summary>The LoRA adapters (<c>--lora</c>).</summary>
    public IReadOnlyList<LlmModel> Adapters { get; init; } = [];

    /// <summary>The model that drafts tokens (<c>-md</c>).</summary>
    public LlmModel? Draft
    {
        get => _draft;
        init
        {
            _draft = value;
            DraftModel = value is null ? null : new Lazy<LlamaCppModel>(() => LlamaCppModel.Of(value));
        }
    }

    /// <summary>The layers of the draft model that lie on GPUs (<c>-ngld</c>); all when null.</summary>
    public int? DraftGpuLayers { get; init; }

    /// <summary>The tokens that are drafted at most (<c>--spec-draft-n-max</c>).</summary>
    public int DraftTokens { get; init; } = 3;

    /// <summary>The model that drafts, as llama.cpp loads it; made once for all settings that are derived from these.</summary>
    internal Lazy<LlamaCppModel>? DraftModel { get; private init; }
}
