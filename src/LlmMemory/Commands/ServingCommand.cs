using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;
using LlmMemory.Estimation.Serving;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Commands;

/// <summary>
/// What commands that estimate serving share: the engine, what it is asked to do, and how it is set. Several values of
/// a setting are several estimates, the last setting changing fastest.
/// </summary>
public abstract partial class ServingCommand : EstimateCommand
{
    private bool _isContextTyped;

    /// <summary>The engine.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The engine that serves the model: Generic, LlamaCpp, Ollama, LMStudio, vLLM, SGLang, TensorRT-LLM, Transformers. Generic, the textbook, when any setting of serving is said.")]
    [NamedTransformation(typeof(ServingEngine))]
    [ArgumentCompleter(typeof(SettingCompleter<ServingEngine>))]
    public NamedArgument<ServingEngine>[] Engine { get; set; } = [new(null)];

    /// <summary>The version of the engine.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The engine's version: 0.19 of vLLM. The newest that was measured when not said.")]
    [ArgumentCompleter(typeof(EngineVersionCompleter))]
    public string? EngineVersion { get; set; }

    /// <summary>The tokens that a sequence may have.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The tokens that a sequence may have: 8192 or 8k, in which k is 1024. The model's own length when not said.")]
    [Alias("c", "MaxModelLen")]
    [TokenCountTransformation(nameof(ContextLength), "8k")]
    [ArgumentCompleter(typeof(ContextLengthCompleter))]
    public TokenCountArgument[] ContextLength { get; set; } = [new(null, nameof(ContextLength), "8k")];

    /// <summary>The requests in flight at a time.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The requests in flight at a time. 1 when not said; llama.cpp takes 4 slots.")]
    [Alias("np")]
    [CountSettingTransformation(nameof(Concurrency), 1, "16")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] Concurrency { get; set; } = [new(null, nameof(Concurrency), 1, "16")];

    /// <summary>The tokens of a prompt.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The tokens of a prompt: 2048 or 2k.")]
    [TokenCountTransformation(nameof(PromptLength), "2k")]
    [ArgumentCompleter(typeof(ContextLengthCompleter))]
    public TokenCountArgument[] PromptLength { get; set; } = [new(null, nameof(PromptLength), "2k")];

    /// <summary>The tokens of an answer.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The tokens of an answer.")]
    [TokenCountTransformation(nameof(OutputLength), "512")]
    [ArgumentCompleter(typeof(ContextLengthCompleter))]
    public TokenCountArgument[] OutputLength { get; set; } = [new(null, nameof(OutputLength), "512")];

    /// <summary>The first tokens that all prompts have in common and that a prefix cache keeps once.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The first tokens that all prompts have in common and that a prefix cache keeps once.")]
    [TokenCountTransformation(nameof(SharedPrefixLength), "1k")]
    [ArgumentCompleter(typeof(ContextLengthCompleter))]
    public TokenCountArgument[] SharedPrefixLength { get; set; } = [new(null, nameof(SharedPrefixLength), "1k")];

    /// <summary>How keys and values are cached.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "How keys and values are cached: f16, bf16, fp8, q8_0, q4_0. What the engine takes when not said.")]
    [Alias("ctk")]
    [CacheTypeTransformation]
    [ArgumentCompleter(typeof(CacheTypeCompleter))]
    public CacheTypeArgument[] KvCacheType { get; set; } = [new(null)];

    /// <summary>How values are cached where not as the keys.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "How values are cached where not as the keys: llama.cpp alone has it.")]
    [Alias("ctv")]
    [CacheTypeTransformation]
    [ArgumentCompleter(typeof(CacheTypeCompleter))]
    public CacheTypeArgument[] ValueCacheType { get; set; } = [new(null)];

    /// <summary>The ranks that each layer is split over.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The ranks that each layer is split over: of an engine, or of Megatron.")]
    [Alias("TP")]
    [CountSettingTransformation(nameof(TensorParallel), 1, "8")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] TensorParallel { get; set; } = [new(null, nameof(TensorParallel), 1, "8")];

    /// <summary>The stages that the layers are spread over.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The stages that the layers are spread over: of an engine, or of Megatron.")]
    [Alias("PP")]
    [CountSettingTransformation(nameof(PipelineParallel), 1, "2")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] PipelineParallel { get; set; } = [new(null, nameof(PipelineParallel), 1, "2")];

    /// <summary>The ranks of vLLM that share the tokens of a request between them, decode_context_parallel_size.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The tensor-parallel ranks of vLLM that share the tokens of a request between them, decode_context_parallel_size: 2. Each keeps all when not said.")]
    [Alias("DCP", "DecodeContextParallelSize")]
    [CountSettingTransformation(nameof(DecodeContextParallel), 1, "2")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] DecodeContextParallel { get; set; } = [new(null, nameof(DecodeContextParallel), 1, "2")];

    /// <summary>True where anything about serving was said, so that more than weights is asked for.</summary>
    private protected bool SaysServing =>
        Engine.Any(engine => engine.Error is null && engine.Value is not null) || !Workloads().SequenceEqual([new InferenceWorkload()]);

    /// <summary>Every workload, one for each combination of values.</summary>
    private protected IEnumerable<InferenceWorkload> Workloads()
    {
        return new[] { Fixed() }
            .With(ContextLength, (workload, value) => workload with { ContextLength = value })
            .With(Concurrency, (workload, value) => workload with { Concurrency = value })
            .With(PromptLength, (workload, value) => workload with { PromptLength = value })
            .With(OutputLength, (workload, value) => workload with { OutputLength = value })
            .With(SharedPrefixLength, (workload, value) => workload with { SharedPrefixLength = value })
            .With(KvCacheType, (workload, value) => workload with { KvCacheType = value })
            .With(ValueCacheType, (workload, value) => workload with { ValueCacheType = value })
            .With(TensorParallel, (workload, value) => workload with { TensorParallel = value })
            .With(PipelineParallel, (workload, value) => workload with { PipelineParallel = value })
            .With(DataParallel, (workload, value) => workload with { DataParallel = value })
            .With(DecodeContextParallel, (workload, value) => workload with { DecodeContextParallel = value })
            .With(DeviceMemory, (workload, value) => workload with { DeviceMemory = value })
            .With(GpuMemoryUtilization, (workload, value) => workload with { GpuMemoryUtilization = value })
            .With(MaxSequences, (workload, value) => workload with { MaxSequences = value })
            .With(MaxBatchedTokens, (workload, value) => workload with { MaxBatchedTokens = value })
            .With(LoraSlots, (workload, value) => workload with { LoraSlots = value })
            .With(MaxLoraRank, (workload, value) => workload with { MaxLoraRank = value })
            .With(SpeculativeTokens, (workload, value) => workload with { SpeculativeTokens = value })
            .With(BatchSize, (workload, value) => workload with { BatchSize = value })
            .With(MicroBatchSize, (workload, value) => workload with { MicroBatchSize = value })
            .With(GpuLayers, (workload, value) => workload with { GpuLayers = value })
            .With(GpuCount, (workload, value) => workload with { GpuCount = value })
            .With(MainGpu, (workload, value) => workload with { MainGpu = value })
            .With(CpuMoeLayers, (workload, value) => workload with { CpuMoeLayers = value })
            .With(_calibrations, (workload, value) => workload with { Calibration = value });
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _isContextTyped = MyInvocation.BoundParameters.ContainsKey(nameof(ContextLength));
        base.BeginProcessing();
    }

    private protected override void ForgetPropertiesOfModel()
    {
        base.ForgetPropertiesOfModel();
        if (!_isContextTyped)
        {
            ContextLength = [new(null, nameof(ContextLength), "8k")];
        }
    }

    private protected override void CollectSettingErrors()
    {
        CollectErrors(Engine);
        CollectErrors(ContextLength);
        CollectErrors(Concurrency);
        CollectErrors(PromptLength);
        CollectErrors(OutputLength);
        CollectErrors(SharedPrefixLength);
        CollectErrors(KvCacheType);
        CollectErrors(ValueCacheType);
        CollectErrors(TensorParallel);
        CollectErrors(PipelineParallel);
        CollectErrors(DecodeContextParallel);
        CollectErrors(DeviceMemory);
        CollectErrors(GpuMemoryUtilization);
        CollectErrors(MaxSequences);
        CollectErrors(MaxBatchedTokens);
        CollectErrors(LoraSlots);
        CollectErrors(MaxLoraRank);
        CollectErrors(SpeculativeTokens);
        CollectErrors(BatchSize);
        CollectErrors(GpuLayers);
        CollectErrors(GpuCount);
        CollectErrors(MainGpu);
        CollectErrors(CpuMoeLayers);
        CollectErrors(DraftModel);
        CollectErrors(DraftGpuLayers);
        CollectCalibrationErrors();
        base.CollectSettingErrors();
    }

    private InferenceWorkload Fixed()
    {
        var workload = FurtherModels() with
        {
            ExpertParallel = Said(nameof(ExpertParallel), ExpertParallel),
            PrefixCaching = NoPrefixCaching ? false : null,
            EnforceEager = Said(nameof(EnforceEager), EnforceEager),
            SplitMode = SplitMode,
            CpuMoe = Said(nameof(CpuMoe), CpuMoe),
            NoKvOffload = Said(nameof(NoKvOffload), NoKvOffload),
            UnifiedKv = Said(nameof(UnifiedKv), UnifiedKv),
            FlashAttention = Said(nameof(FlashAttention), FlashAttention),
            NoMemoryMap = Said(nameof(NoMemoryMap), NoMemoryMap),
        };

        // Lists that were not said stay the default's own, so that nothing said is the same as the default.
        return workload with
        {
            TensorSplit = TensorSplit.Length > 0 ? TensorSplit : workload.TensorSplit,
            OverrideTensor = OverrideTensor.Length > 0 ? OverrideTensor : workload.OverrideTensor,
        };
    }

    /// <summary>A switch as it was said; null where it was not.</summary>
    private protected bool? Said(string name, SwitchParameter value)
    {
        return MyInvocation.BoundParameters.ContainsKey(name) ? value.IsPresent : null;
    }
}
