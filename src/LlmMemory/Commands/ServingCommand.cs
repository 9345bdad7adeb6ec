using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Commands;

/// <summary>
/// What commands that estimate serving share: the engine, what it is asked to do, and how it is set. Several values of
/// a setting are several estimates, the last setting changing fastest.
/// </summary>
public abstract class ServingCommand : EstimateCommand
{
    private bool _isContextTyped;

    /// <summary>The engine.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The engine that serves the model: Generic, LlamaCpp, vLLM, Transformers. Generic, the textbook, when any setting of serving is said.")]
    [EngineTransformation]
    [ArgumentCompleter(typeof(EngineCompleter))]
    public EngineArgument[] Engine { get; set; } = [new(null)];

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
        HelpMessage = "The ranks that each layer is split over.")]
    [Alias("TP")]
    [CountSettingTransformation(nameof(TensorParallel), 1, "8")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] TensorParallel { get; set; } = [new(null, nameof(TensorParallel), 1, "8")];

    /// <summary>The stages that the layers are spread over.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The stages that the layers are spread over.")]
    [Alias("PP")]
    [CountSettingTransformation(nameof(PipelineParallel), 1, "2")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] PipelineParallel { get; set; } = [new(null, nameof(PipelineParallel), 1, "2")];

    /// <summary>The copies of the model that share the requests.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The copies of the model that share the requests.")]
    [Alias("DP")]
    [CountSettingTransformation(nameof(DataParallel), 1, "2")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] DataParallel { get; set; } = [new(null, nameof(DataParallel), 1, "2")];

    /// <summary>One device's memory as its driver shows it to the engine.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "One device's memory as its driver shows it to the engine: 80GB or '79.19 GiB', both in steps of 1024. vLLM fills it with its cache.")]
    [DeviceMemoryTransformation]
    [ArgumentCompleter(typeof(DeviceMemoryCompleter))]
    public DeviceMemoryArgument[] DeviceMemory { get; set; } = [new(null)];

    /// <summary>The share of a device that vLLM may take.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The share of a device that vLLM may take: 0.9, 90 or 90%.")]
    [MemoryUtilizationTransformation]
    [ArgumentCompleter(typeof(MemoryUtilizationCompleter))]
    public MemoryUtilizationArgument[] GpuMemoryUtilization { get; set; } = [new(null)];

    /// <summary>The sequences that vLLM runs at once at most, max_num_seqs.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The sequences that vLLM runs at once at most, max_num_seqs.")]
    [Alias("MaxNumSeqs")]
    [CountSettingTransformation(nameof(MaxSequences), 1, "256")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] MaxSequences { get; set; } = [new(null, nameof(MaxSequences), 1, "256")];

    /// <summary>The tokens that one pass of vLLM works on at most, max_num_batched_tokens.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The tokens that one pass of vLLM works on at most, max_num_batched_tokens.")]
    [Alias("MaxNumBatchedTokens")]
    [TokenCountTransformation(nameof(MaxBatchedTokens), "8k")]
    [ArgumentCompleter(typeof(ContextLengthCompleter))]
    public TokenCountArgument[] MaxBatchedTokens { get; set; } = [new(null, nameof(MaxBatchedTokens), "8k")];

    /// <summary>The adapters that vLLM keeps loaded, max_loras.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The adapters that vLLM keeps loaded, max_loras.")]
    [Alias("MaxLoras")]
    [CountSettingTransformation(nameof(LoraSlots), 1, "4")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] LoraSlots { get; set; } = [new(null, nameof(LoraSlots), 1, "4")];

    /// <summary>The largest rank of an adapter in vLLM.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The largest rank of an adapter in vLLM. 16 when not said.")]
    [CountSettingTransformation(nameof(MaxLoraRank), 1, "16")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] MaxLoraRank { get; set; } = [new(null, nameof(MaxLoraRank), 1, "16")];

    /// <summary>The tokens that vLLM drafts ahead of each step.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The tokens that vLLM drafts ahead of each step.")]
    [CountSettingTransformation(nameof(SpeculativeTokens), 0, "2")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] SpeculativeTokens { get; set; } = [new(null, nameof(SpeculativeTokens), 0, "2")];

    /// <summary>Llama.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "llama.cpp: the tokens of a logical batch. 2048 when not said.")]
    [Alias("b")]
    [CountSettingTransformation(nameof(BatchSize), 1, "2048")]
    [ArgumentCompleter(typeof(BatchTokensCompleter))]
    public CountSettingArgument[] BatchSize { get; set; } = [new(null, nameof(BatchSize), 1, "2048")];

    /// <summary>Llama.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "llama.cpp: the tokens that are computed at once. 512 when not said.")]
    [Alias("ub", "UBatchSize")]
    [CountSettingTransformation(nameof(MicroBatchSize), 1, "512")]
    [ArgumentCompleter(typeof(BatchTokensCompleter))]
    public CountSettingArgument[] MicroBatchSize { get; set; } = [new(null, nameof(MicroBatchSize), 1, "512")];

    /// <summary>Llama.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "llama.cpp: the layers on GPUs, counted from the last; the output counts as one. All when not said.")]
    [Alias("ngl")]
    [CountSettingTransformation(nameof(GpuLayers), 0, "99")]
    [ArgumentCompleter(typeof(LayerCountCompleter))]
    public CountSettingArgument[] GpuLayers { get; set; } = [new(null, nameof(GpuLayers), 0, "99")];

    /// <summary>Llama.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "llama.cpp: the GPUs, 0 for none. 1 when not said.")]
    [CountSettingTransformation(nameof(GpuCount), 0, "1")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] GpuCount { get; set; } = [new(null, nameof(GpuCount), 0, "1")];

    /// <summary>Llama.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "llama.cpp: the GPU that is used where only one is.")]
    [Alias("mg")]
    [CountSettingTransformation(nameof(MainGpu), 0, "0")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] MainGpu { get; set; } = [new(null, nameof(MainGpu), 0, "0")];

    /// <summary>Llama.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "llama.cpp: the first layers whose experts stay on the host.")]
    [Alias("ncmoe")]
    [CountSettingTransformation(nameof(CpuMoeLayers), 0, "10")]
    [ArgumentCompleter(typeof(LayerCountCompleter))]
    public CountSettingArgument[] CpuMoeLayers { get; set; } = [new(null, nameof(CpuMoeLayers), 0, "10")];

    /// <summary>Experts whole on their ranks.</summary>
    [Parameter(HelpMessage = "Spread experts over the ranks whole, instead of splitting each: vLLM.")]
    [Alias("EP")]
    public SwitchParameter ExpertParallel { get; set; }

    /// <summary>No prefix cache.</summary>
    [Parameter(HelpMessage = "vLLM without its prefix cache.")]
    public SwitchParameter NoPrefixCaching { get; set; }

    /// <summary>No CUDA graphs.</summary>
    [Parameter(HelpMessage = "vLLM without CUDA graphs.")]
    public SwitchParameter EnforceEager { get; set; }

    /// <summary>The share of each GPU.</summary>
    [Parameter(HelpMessage = "llama.cpp: the share of each GPU, 3,1 for three quarters on the first. Equal shares when not said.")]
    [Alias("ts")]
    [ValidateNotNullOrEmpty]
    public double[] TensorSplit { get; set; } = [];

    /// <summary>How a model is spread over GPUs.</summary>
    [Parameter(HelpMessage = "llama.cpp: how the model is spread over GPUs, layer or none. layer when not said.")]
    [Alias("sm")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SplitModeCompleter))]
    public string? SplitMode { get; set; }

    /// <summary>Tensors that lie somewhere else.</summary>
    [Parameter(HelpMessage = "llama.cpp: tensors that lie somewhere else, each rule regex=buffer: 'exps=CPU'.")]
    [Alias("ot")]
    [ValidateNotNullOrEmpty]
    public string[] OverrideTensor { get; set; } = [];

    /// <summary>All experts on the host.</summary>
    [Parameter(HelpMessage = "llama.cpp: keep the experts of all layers on the host.")]
    public SwitchParameter CpuMoe { get; set; }

    /// <summary>Caches on the host.</summary>
    [Parameter(HelpMessage = "llama.cpp: keep caches on the host.")]
    [Alias("nkvo")]
    public SwitchParameter NoKvOffload { get; set; }

    /// <summary>One cache for all sequences.</summary>
    [Parameter(HelpMessage = "llama.cpp: one cache that all sequences share. So it is where -Concurrency is not said.")]
    [Alias("kvu")]
    public SwitchParameter UnifiedKv { get; set; }

    /// <summary>Fused attention.</summary>
    [Parameter(HelpMessage = "llama.cpp: fused attention, -FlashAttention:$false for none. llama.cpp decides when not said.")]
    [Alias("fa")]
    public SwitchParameter FlashAttention { get; set; }

    /// <summary>The file read, not mapped.</summary>
    [Parameter(HelpMessage = "llama.cpp: read the file instead of mapping it.")]
    public SwitchParameter NoMemoryMap { get; set; }

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
            .With(CpuMoeLayers, (workload, value) => workload with { CpuMoeLayers = value });
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
        CollectErrors(DataParallel);
        CollectErrors(DeviceMemory);
        CollectErrors(GpuMemoryUtilization);
        CollectErrors(MaxSequences);
        CollectErrors(MaxBatchedTokens);
        CollectErrors(LoraSlots);
        CollectErrors(MaxLoraRank);
        CollectErrors(SpeculativeTokens);
        CollectErrors(BatchSize);
        CollectErrors(MicroBatchSize);
        CollectErrors(GpuLayers);
        CollectErrors(GpuCount);
        CollectErrors(MainGpu);
        CollectErrors(CpuMoeLayers);
        base.CollectSettingErrors();
    }

    private InferenceWorkload Fixed()
    {
        var workload = new InferenceWorkload
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

    private bool? Said(string name, SwitchParameter value)
    {
        return MyInvocation.BoundParameters.ContainsKey(name) ? value.IsPresent : null;
    }
}
