using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Commands;

/// <content>What Megatron alone has: how a model is split over ranks, and its own switches.</content>
public abstract partial class ModelEstimateCommand
{
    /// <summary>The pieces of the model that each stage has.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Megatron: the pieces of the model that each pipeline stage works on in turns (interleaved 1F1B). 1 when not said.")]
    [Alias("VPP")]
    [CountSettingTransformation(nameof(VirtualPipeline), 1, "2")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] VirtualPipeline { get; set; } = [new(null, nameof(VirtualPipeline), 1, "2")];

    /// <summary>Which stage has which layers.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Megatron: which pipeline stage has which layers, in its own notation: 'Et*3|(tt|)*14t*3L'. Evenly when not said.")]
    [ArgumentCompleter(typeof(PipelineLayoutCompleter))]
    [AllowNull]
    [AllowEmptyString]
    public string? PipelineLayout { get; set; }

    /// <summary>The micro batches that pass one piece before the next.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Megatron: the micro batches that pass one piece before the next begins. As many as there are stages when not said.")]
    [CountSettingTransformation(nameof(MicroBatchGroup), 1, "4")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] MicroBatchGroup { get; set; } = [new(null, nameof(MicroBatchGroup), 1, "4")];

    /// <summary>The ranks that the tokens of a sample are split over.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Megatron: the ranks that the tokens of a sample are split over. 1 when not said.")]
    [Alias("CP")]
    [CountSettingTransformation(nameof(ContextParallel), 1, "2")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] ContextParallel { get; set; } = [new(null, nameof(ContextParallel), 1, "2")];

    /// <summary>True where norms and dropout work on a share of the tokens.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Megatron: each tensor-parallel rank works on its share of the tokens in normalisations and dropout.")]
    [Alias("SP")]
    [SwitchTransformation]
    public SwitchParameter SequenceParallel { get; set; }

    /// <summary>The ranks that experts are spread over.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Megatron: the ranks that the experts of a layer are spread over. 1 when not said.")]
    [CountSettingTransformation(nameof(ExpertParallelSize), 1, "8")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] ExpertParallelSize { get; set; } = [new(null, nameof(ExpertParallelSize), 1, "8")];

    /// <summary>The ranks that each expert is split over.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Megatron: the ranks that each expert is split over. As -TensorParallel when not said.")]
    [Alias("ETP")]
    [CountSettingTransformation(nameof(ExpertTensorParallel), 1, "1")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] ExpertTensorParallel { get; set; } = [new(null, nameof(ExpertTensorParallel), 1, "1")];

    /// <summary>How tokens come to experts.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Megatron: how tokens come to experts of other ranks: AllGather, AllToAll. AllGather when not said.")]
    [NamedTransformation(typeof(TokenDispatcher))]
    [ArgumentCompleter(typeof(SettingCompleter<TokenDispatcher>))]
    public NamedArgument<TokenDispatcher>[] TokenDispatcher { get; set; } = [new(null)];

    /// <summary>True where the experts of a rank are one multiplication.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Megatron: the experts of a rank are one grouped matrix multiplication, with workspaces for it.")]
    [SwitchTransformation]
    public SwitchParameter GroupedGemm { get; set; }

    /// <summary>True where ranks share the states of the optimizer.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Megatron: ranks with the same weights share main weights and moments.")]
    [SwitchTransformation]
    public SwitchParameter DistributedOptimizer { get; set; }

    /// <summary>False where gradients of weights are added up by an operation of their own.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Megatron: the multiplication itself adds gradients of weights to the main gradients. $true when not said.")]
    [ChoiceTransformation]
    [ArgumentCompleter(typeof(ChoiceCompleter))]
    public bool? GradientAccumulationFusion { get; set; }

    /// <summary>The layers that are computed again together.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Megatron: the layers that are computed again together, or under -Recompute Block, those that are. 1 when not said.")]
    [CountSettingTransformation(nameof(RecomputeLayers), 1, "4")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] RecomputeLayers { get; set; } = [new(null, nameof(RecomputeLayers), 1, "4")];

    /// <summary>What selective recomputation computes again, all of them together.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Megatron: what -Recompute Selective computes again, all of them together: core_attn, layernorm, mlp, moe, moe_act, shared_experts, mla_up_proj. core_attn when not said.")]
    [NamedTransformation(typeof(RecomputeModule), IsSet = true)]
    [ArgumentCompleter(typeof(SettingCompleter<RecomputeModule>))]
    public NamedArgument<RecomputeModule>[] RecomputeModules { get; set; } = [new(null)];

    /// <summary>False without dropout.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Megatron: hidden states and attention are dropped out. $true when not said, as its own default of 0.1 is.")]
    [ChoiceTransformation]
    [ArgumentCompleter(typeof(ChoiceCompleter))]
    public bool? Dropout { get; set; }

    /// <summary>Layers of multi-token prediction.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Megatron: the layers of multi-token prediction that are trained. None when not said.")]
    [CountSettingTransformation(nameof(MtpLayers), 0, "1")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    public CountSettingArgument[] MtpLayers { get; set; } = [new(null, nameof(MtpLayers), 0, "1")];

    /// <summary>True with kernels that give the same bits each time.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Megatron: kernels give the same bits each time (CUBLAS_WORKSPACE_CONFIG=:4096:8).")]
    [SwitchTransformation]
    public SwitchParameter Deterministic { get; set; }

    /// <summary>The generation of the GPUs.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Megatron: the generation of the GPUs, which decides on workspaces: Ampere, Hopper, Blackwell. Hopper when not said.")]
    [NamedTransformation(typeof(GpuGeneration))]
    [ArgumentCompleter(typeof(SettingCompleter<GpuGeneration>))]
    public NamedArgument<GpuGeneration>[] GpuGeneration { get; set; } = [new(null)];

    private protected override IEnumerable<TrainingRun> TrainingRuns()
    {
        return base.TrainingRuns().Select(WithSwitches)
            .With(TensorParallel, (run, value) => run with { TensorParallel = value })
            .With(PipelineParallel, (run, value) => run with { PipelineParallel = value })
            .With(VirtualPipeline, (run, value) => run with { VirtualPipeline = value })
            .With(MicroBatchGroup, (run, value) => run with { MicroBatchGroup = value })
            .With(ContextParallel, (run, value) => run with { ContextParallel = value })
            .With(ExpertParallelSize, (run, value) => run with { ExpertParallelSize = value })
            .With(ExpertTensorParallel, (run, value) => run with { ExpertTensorParallel = value })
            .With(TokenDispatcher, (run, value) => run with { TokenDispatcher = value })
            .With(RecomputeLayers, (run, value) => run with { RecomputeLayers = value })
            .With(MtpLayers, (run, value) => run with { MtpLayers = value })
            .With(GpuGeneration, (run, value) => run with { GpuGeneration = value });
    }

    private TrainingRun WithSwitches(TrainingRun run)
    {
        var modules = RecomputeModules.Select(module => module.Value).OfType<RecomputeModule>().ToArray();
        return run with
        {
            PipelineLayout = string.IsNullOrWhiteSpace(PipelineLayout) ? null : PipelineLayout!.Trim(),
            SequenceParallel = Said(nameof(SequenceParallel), SequenceParallel),
            GroupedGemm = Said(nameof(GroupedGemm), GroupedGemm),
            DistributedOptimizer = Said(nameof(DistributedOptimizer), DistributedOptimizer),
            GradientAccumulationFusion = GradientAccumulationFusion,
            RecomputeModules = modules.Length == 0 ? null : modules,
            Dropout = Dropout,
            Deterministic = Said(nameof(Deterministic), Deterministic),
        };
    }

    private void CollectMegatronErrors()
    {
        CollectErrors(VirtualPipeline);
        CollectErrors(MicroBatchGroup);
        CollectErrors(ContextParallel);
        CollectErrors(ExpertParallelSize);
        CollectErrors(ExpertTensorParallel);
        CollectErrors(TokenDispatcher);
        CollectErrors(RecomputeLayers);
        CollectErrors(RecomputeModules);
        CollectErrors(MtpLayers);
        CollectErrors(GpuGeneration);
    }
}
