using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation.Training.Frameworks;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;
using LlmMemory.Naming;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>
/// Decides what a run leaves open by Megatron's own defaults, and says so. Source of the defaults: NVIDIA/Megatron-LM
/// megatron/training/arguments.py.
/// </summary>
internal sealed class MegatronResolution
{
    // Megatron has no default of its own; what most of its examples write.
    private const long SequenceLength = 4096;

    private readonly List<string> _assumptions = [];
    private readonly LlmModel _model;
    private readonly ModelArchitecture _architecture;

    /// <summary>Decides everything.</summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingSettingInvalid"/>.</exception>
    public MegatronResolution(LlmModel model, ModelArchitecture architecture, TrainingRun run, MegatronProfile profile)
    {
        (_model, _architecture) = (model, architecture);
        MegatronRefusals.Check(model, run);
        var filled = WithBatches(WithKernels(WithDegrees(run), run));
        ParallelRules.CheckRanks(filled);
        ParallelRules.CheckInterleaving(filled);
        Plan = new MegatronPlan(model, architecture, filled, profile);
        ParallelRules.CheckModel(Plan);
        Stages = PipelineSplit.Stages(filled, Plan.Section.Layers.Count);
        AddScope(run);
    }

    /// <summary>The run with nothing open.</summary>
    public MegatronPlan Plan { get; }

    /// <summary>The stages of its pipeline.</summary>
    public IReadOnlyList<PipelineStage> Stages { get; }

    /// <summary>Every default that was taken, and what is left out.</summary>
    public List<string> Assumptions => [.. _model.Assumptions, .. _assumptions];

    private TrainingRun WithDegrees(TrainingRun run)
    {
        var (ranks, stages) = (run.TensorParallel ?? 1, run.PipelineParallel ?? 1);
        var hasExperts = _architecture.Layers.Any(layer => layer.Blocks.Any(block => block is MixtureOfExperts));
        return run with
        {
            TensorParallel = ranks,
            PipelineParallel = stages,
            VirtualPipeline = run.PipelineLayout is null ? run.VirtualPipeline ?? 1 : PiecesOf(run, stages),
            ContextParallel = run.ContextParallel ?? 1,
            ExpertParallelSize = run.ExpertParallelSize ?? 1,
            ExpertTensorParallel = run.ExpertTensorParallel ?? (hasExperts ? ranks : 1),
            DataParallel = run.DataParallel ?? 1,

            // Megatron turns it off by itself where there is nothing to split.
            SequenceParallel = run.SequenceParallel == true && ranks > 1,
        };
    }

    private static int PiecesOf(TrainingRun run, int stages)
    {
        var pieces = PipelineLayout.Pieces(run.PipelineLayout!, stages) / stages;
        MegatronRule.Require(
            run.VirtualPipeline is null || run.VirtualPipeline == pieces,
            run.VirtualPipeline ?? pieces,
            $"{Quoted.Value(run.PipelineLayout!)} has {pieces} pieces for each stage, not {run.VirtualPipeline}. Leave -VirtualPipeline out.");
        return pieces;
    }

    private TrainingRun WithKernels(TrainingRun run, TrainingRun said)
    {
        var kernels = run.LayerKernels ?? LayerKernels.TransformerEngine;
        var recompute = run.Recompute ?? Recomputation.None;
        return run with
        {
            Optimizer = run.Optimizer ?? Named(Optimizer.AdamWFused, "Optimizer", "-Optimizer"),
            Precision = TrainingPrecision.Pure,
            Recompute = recompute,
            RecomputeLayers = run.RecomputeLayers ?? 1,
            RecomputeModules = run.RecomputeModules ?? (recompute == Recomputation.Selective ? [RecomputeModule.CoreAttention] : null),
            LayerKernels = run.LayerKernels ?? Named(kernels, "Layer kernels", "-LayerKernels"),
            AttentionKernel = run.AttentionKernel
                ?? Named(kernels == LayerKernels.Eager ? AttentionKernel.Eager : AttentionKernel.Sdpa, "Attention", "-AttentionKernel"),
            LossKernel = run.LossKernel ?? Named(LossKernel.Torch, "Loss", "-LossKernel"),
            TokenDispatcher = run.TokenDispatcher ?? TokenDispatcher.AllGather,
            GroupedGemm = run.GroupedGemm ?? false,
            DistributedOptimizer = run.DistributedOptimizer ?? false,
            GradientAccumulationFusion = run.GradientAccumulationFusion ?? true,
            Dropout = run.Dropout ?? true,
            Deterministic = run.Deterministic ?? false,
            MtpLayers = run.MtpLayers ?? 0,
            GpuGeneration = run.GpuGeneration ?? Named(GpuGeneration.Hopper, "GPUs", "-GpuGeneration"),
            SafetyMargin = said.SafetyMargin,
        };
    }

    private TrainingRun WithBatches(TrainingRun run)
    {
        var micro = run.MicroBatchSize ?? (int)Taken(1, "Micro batch of", "-MicroBatchSize");
        var sequence = run.SequenceLength ?? Taken(Math.Min(SequenceLength, _architecture.ContextLength ?? long.MaxValue), "Sequence length", "-SequenceLength");
        _assumptions.AddIf(
            run.GlobalBatchSize is null && run.GradientAccumulation is null,
            run.PipelineParallel > 1
                ? "One micro batch in a step by default: the pipeline is never full, and stages before the last hold less than they will (-GlobalBatchSize)."
                : "One micro batch in a step by default (-GlobalBatchSize).");
        return run with
        {
            MicroBatchSize = micro,
            SequenceLength = sequence,
            GradientAccumulation = BatchRule.Accumulation(run, micro, run.DataParallel!.Value),
            MicroBatchGroup = run.MicroBatchGroup ?? run.PipelineParallel,
        };
    }

    private void AddScope(TrainingRun said)
    {
        string[] off =
        [
            .. Off(said.DistributedOptimizer, Plan.Copies > 1, "distributed optimizer (-DistributedOptimizer)"),
            .. Off(said.SequenceParallel, Plan.Tensor > 1, "sequence parallelism (-SequenceParallel)"),
            .. Off(said.GroupedGemm, Plan.HasExperts, "grouped matrix multiplications of experts (-GroupedGemm)"),
        ];
        _assumptions.AddIf(off.Length > 0, $"Off by default of Megatron: {string.Join(", ", off)}.");
        _assumptions.AddIf(said.Dropout is null, "Dropout of hidden states and attention by default of Megatron (-Dropout).");
        _assumptions.AddIf(said.TokenDispatcher is null && Plan.HasExperts, "Token dispatcher AllGather by default of Megatron (-TokenDispatcher).");
        _assumptions.AddIf(Plan.HasExperts, "Tokens are spread over the experts evenly.");
        _assumptions.AddIf(
            said.MtpLayers is null && _model.Tensors.Any(tensor => tensor.PartKind == ModelPart.Mtp), "Multi-token prediction is not trained by default of Megatron (-MtpLayers).");
        _assumptions.AddRange(said.Notes);
        _assumptions.AddIf(_model.VisionParameters > 0 || _model.AudioParameters > 0, "Towers are left out: the language model is trained alone.");
        _assumptions.AddIf(
            _architecture.Layers.Any(layer => layer.Mixers.Any(mixer => mixer is LatentAttention)), "What latent attention keeps follows Megatron's source; no measured run confirms it.");
        _assumptions.Add("PyTorch's allocated peak of a step after the first; what the allocator keeps unused, NCCL's buffers and the CUDA context come on top.");
    }

    private static IEnumerable<string> Off(bool? said, bool matters, string what)
    {
        return said is null && matters ? [what] : [];
    }

    private long Taken(long value, string what, string parameter)
    {
        _assumptions.Add(string.Format(CultureInfo.InvariantCulture, "{0} {1}: Megatron has no default ({2}).", what, value, parameter));
        return value;
    }

    private T Named<T>(T value, string what, string parameter)
        where T : INamed
    {
        _assumptions.Add($"{what} {value.Name} by default of Megatron ({parameter}).");
        return value;
    }
}
