using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;
using LlmMemory.Estimation.Cases;
using LlmMemory.Estimation.Training;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Commands;

/// <content>How a known model is trained, and the runs that the settings make together.</content>
public abstract partial class EstimateCommand
{
    /// <summary>How the estimate is made.</summary>
    [Parameter(HelpMessage = "How training is estimated: RuleOfThumb from the size alone, Architecture from how a known model is built. Architecture for a known model when not said.")]
    [NamedTransformation(typeof(RequestedMethod))]
    [ArgumentCompleter(typeof(SettingCompleter<RequestedMethod>))]
    public NamedArgument<RequestedMethod>[] Method { get; set; } = [new(null)];

    /// <summary>The framework that trains.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The framework that trains: HFTrainer, TRL, Axolotl, LLaMAFactory, TorchLoop, torchtune, LitGPT, Megatron. HFTrainer when not said; TRL for a -Recipe other than SFT.")]
    [NamedTransformation(typeof(TrainingFramework))]
    [ArgumentCompleter(typeof(SettingCompleter<TrainingFramework>))]
    public NamedArgument<TrainingFramework>[] Framework { get; set; } = [new(null)];

    /// <summary>The version of the framework.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The framework's version; of Hugging Face's, that of transformers: 4.48. The newest whose rules are known when not said.")]
    [ArgumentCompleter(typeof(FrameworkVersionCompleter))]
    public string? FrameworkVersion { get; set; }

    /// <summary>The tokens of a sample.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Training: the tokens of a sample, packed or padded: 4096 or 4k. The framework's own default when not said.")]
    [Alias("SeqLen", "MaxSeqLength")]
    [TokenCountTransformation(nameof(SequenceLength), "4k")]
    [ArgumentCompleter(typeof(ContextLengthCompleter))]
    public TokenCountArgument[] SequenceLength { get; set; } = [new(null, nameof(SequenceLength), "4k")];

    /// <summary>Samples, or tokens of llama.cpp.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Training: the samples of one pass on one rank. llama.cpp: the tokens that are computed at once, 512 when not said.")]
    [Alias("ub", "UBatchSize", "mbs")]
    [CountSettingTransformation(nameof(MicroBatchSize), 1, "4")]
    [ArgumentCompleter(typeof(BatchTokensCompleter))]
    public CountSettingArgument[] MicroBatchSize { get; set; } = [new(null, nameof(MicroBatchSize), 1, "4")];

    /// <summary>The passes of a step.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Training: the passes whose gradients add up before the optimizer steps. 1 when not said.")]
    [CountSettingTransformation(nameof(GradientAccumulation), 1, "8")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] GradientAccumulation { get; set; } = [new(null, nameof(GradientAccumulation), 1, "8")];

    /// <summary>The samples of a step.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Training: the samples of a step on all ranks; what micro batch and ranks leave is accumulated.")]
    [CountSettingTransformation(nameof(GlobalBatchSize), 1, "64")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] GlobalBatchSize { get; set; } = [new(null, nameof(GlobalBatchSize), 1, "64")];

    /// <summary>Ranks with samples or requests of their own.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Training: the ranks that train on different samples. Serving: the copies of the model that share the requests.")]
    [Alias("DP")]
    [CountSettingTransformation(nameof(DataParallel), 1, "8")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] DataParallel { get; set; } = [new(null, nameof(DataParallel), 1, "8")];

    /// <summary>What is split over the ranks.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Training: what ranks share: DDP, ZeRO1, ZeRO2, ZeRO3, FSDP, FSDPGradOp. The framework's own default when not said.")]
    [NamedTransformation(typeof(Sharding))]
    [ArgumentCompleter(typeof(SettingCompleter<Sharding>))]
    public NamedArgument<Sharding>[] Sharding { get; set; } = [new(null)];

    /// <summary>In which type is computed.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Training: Pure computes in the type of the weights, Mixed under autocast (bf16=True). The framework's own default when not said.")]
    [NamedTransformation(typeof(TrainingPrecision))]
    [ArgumentCompleter(typeof(SettingCompleter<TrainingPrecision>))]
    public NamedArgument<TrainingPrecision>[] Precision { get; set; } = [new(null)];

    /// <summary>What is recomputed.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Training: what the backward pass computes again: None, Selective, Full (gradient checkpointing), Offloaded, Block (Megatron). The framework's own default when not said.")]
    [NamedTransformation(typeof(Recomputation))]
    [ArgumentCompleter(typeof(SettingCompleter<Recomputation>))]
    public NamedArgument<Recomputation>[] Recompute { get; set; } = [new(null)];

    /// <summary>How attention is computed.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Training: how attention is computed: Eager, SDPA, Flash. SDPA when not said.")]
    [NamedTransformation(typeof(AttentionKernel))]
    [ArgumentCompleter(typeof(SettingCompleter<AttentionKernel>))]
    public NamedArgument<AttentionKernel>[] AttentionKernel { get; set; } = [new(null)];

    /// <summary>How layers are computed.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Training: the kernels of normalisations, feed-forward networks and LoRA: Eager, Liger, Foak, Compiled, TransformerEngine (Megatron). Eager when not said.")]
    [NamedTransformation(typeof(LayerKernels))]
    [ArgumentCompleter(typeof(SettingCompleter<LayerKernels>))]
    public NamedArgument<LayerKernels>[] LayerKernels { get; set; } = [new(null)];

    /// <summary>How the loss is computed.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Training: how the loss is computed: Torch, FusedCrossEntropy, FusedLinear (Liger), Chunked, Cut, Compiled (Megatron). What kernels or framework bring when not said.")]
    [NamedTransformation(typeof(LossKernel))]
    [ArgumentCompleter(typeof(SettingCompleter<LossKernel>))]
    public NamedArgument<LossKernel>[] LossKernel { get; set; } = [new(null)];

    /// <summary>True where each gradient is used at once.</summary>
    [Parameter(HelpMessage = "Training: the optimizer steps in the backward pass, so that no two gradients are there together.")]
    public SwitchParameter OptimizerInBackward { get; set; }

    /// <summary>True where the rule of thumb is asked for, whatever is known.</summary>
    private protected bool AsksForRule => Method.Any(method => method.Value == RequestedMethod.RuleOfThumb);

    /// <summary>Every run, one for each combination of values.</summary>
    private protected virtual IEnumerable<TrainingRun> TrainingRuns()
    {
        return new[] { ConfiguredRun() }
            .With(SequenceLength, (run, value) => run with { SequenceLength = value })
            .With(MicroBatchSize, (run, value) => run with { MicroBatchSize = value })
            .With(GradientAccumulation, (run, value) => run with { GradientAccumulation = value })
            .With(GlobalBatchSize, (run, value) => run with { GlobalBatchSize = value })
            .With(DataParallel, (run, value) => run with { DataParallel = value })
            .With(Sharding, (run, value) => run with { Sharding = value })
            .With(Recipe, (run, value) => run with { Recipe = value })
            .With(ReferenceModel, (run, value) => run with { ReferenceModel = value })
            .With(CompletionLength, (run, value) => run with { CompletionLength = value })
            .With(RolloutMemory, (run, value) => run with { RolloutMemory = value })
            .With(Offload, (run, value) => run with { Offload = value })
            .With(Precision, (run, value) => run with { Precision = value })
            .With(Recompute, (run, value) => run with { Recompute = value })
            .With(AttentionKernel, (run, value) => run with { AttentionKernel = value })
            .With(LayerKernels, (run, value) => run with { LayerKernels = value })
            .With(LossKernel, (run, value) => run with { LossKernel = value })
            .With(Optimizer, (run, value) => run with { Optimizer = value })
            .With(SafetyMargin, (run, value) => run with { SafetyMargin = value });
    }

    /// <summary>Answers every run in every framework.</summary>
    /// <param name="ask">The case of one of them.</param>
    private protected void WriteTrainings(Func<TrainingFramework, TrainingRun, EstimateCase> ask)
    {
        foreach (var framework in Framework)
        {
            foreach (var run in TrainingRuns())
            {
                WriteCase(ask(framework.Value ?? Configuration?.Framework ?? TrainingFrameworks.DefaultFor(run), run), "Training");
            }
        }
    }

    private void CollectRunErrors()
    {
        CollectErrors(Method);
        CollectErrors(Framework);
        CollectErrors(SequenceLength);
        CollectErrors(MicroBatchSize);
        CollectErrors(GradientAccumulation);
        CollectErrors(GlobalBatchSize);
        CollectErrors(DataParallel);
        CollectErrors(Sharding);
        CollectErrors(Recipe);
        CollectErrors(ReferenceModel);
        CollectErrors(CompletionLength);
        CollectErrors(RolloutMemory);
        CollectErrors(Offload);
        CollectErrors(Precision);
        CollectErrors(Recompute);
        CollectErrors(AttentionKernel);
        CollectErrors(LayerKernels);
        CollectErrors(LossKernel);
    }
}
