using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>Settings of other frameworks that Megatron has no counterpart of, or none whose rules are known.</summary>
internal static class MegatronRefusals
{
    private static readonly Optimizer[] Optimizers = [Optimizer.AdamWFused, Optimizer.AdamW, Optimizer.SGDMomentum, Optimizer.Muon];

    /// <summary>Checks what was said.</summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingSettingInvalid"/>.</exception>
    public static void Check(LlmModel model, TrainingRun run)
    {
        Refuse(run.Adapter is not null, "LoRA", "Megatron's adapters are not known: write -Framework HFTrainer.");
        Refuse(run.OptimizerInBackward, "OptimizerInBackward", "Megatron steps after the backward pass: leave -OptimizerInBackward out.");
        Refuse(
            run.Sharding is not null,
            run.Sharding?.Name,
            $"Megatron with {run.Sharding} is not known: write -DistributedOptimizer, which splits the optimizer's states, instead of -Sharding.");
        Refuse(
            run.Precision == TrainingPrecision.Mixed,
            TrainingPrecision.Mixed.Name,
            "Megatron has no autocast: it keeps weights in -DataType and a copy of them in 32 bits. Leave -Precision out.");
        Refuse(
            run.Optimizer is { } optimizer && !Optimizers.Contains(optimizer),
            run.Optimizer?.Name,
            $"Megatron has no {run.Optimizer}. Write one of {string.Join(", ", Optimizers.Select(each => each.Name))}.");
        Refuse(
            run.Recompute == Recomputation.Offloaded,
            Recomputation.Offloaded.Name,
            "What Megatron keeps while activations are offloaded is not known: write -Recompute Full, Block or Selective.");
        Refuse(
            run.Offload is { } offload && offload != Offload.None,
            run.Offload?.Name,
            "What Megatron keeps while states are offloaded is not known: leave -Offload out.");
        Refuse(
            run.LayerKernels is { } kernels && kernels != LayerKernels.TransformerEngine && kernels != LayerKernels.Eager,
            run.LayerKernels?.Name,
            $"Megatron has no {run.LayerKernels}: write -LayerKernels TransformerEngine, or Eager for its local implementation.");
        Refuse(
            run.LossKernel is { } loss && loss != LossKernel.Torch && loss != LossKernel.Compiled && loss != LossKernel.FusedCrossEntropy,
            run.LossKernel?.Name,
            $"Megatron has no {run.LossKernel} loss: write -LossKernel Torch, Compiled (its native fusion) or FusedCrossEntropy (Transformer Engine's).");
        Refuse(
            run.LayerKernels == LayerKernels.Eager && run.AttentionKernel is { } attention && attention != AttentionKernel.Eager,
            run.AttentionKernel?.Name,
            $"Megatron's local implementation writes scores out: write -AttentionKernel Eager, or -LayerKernels TransformerEngine for {run.AttentionKernel}.");
        Refuse(
            model.DataType is not ("BF16" or "F16" or "F32"),
            model.DataType,
            $"Megatron's weights in {model.DataType} are not known: write -DataType BF16, F16 or F32.");
    }

    private static void Refuse(bool isSaid, object? value, string message)
    {
        MegatronRule.Require(!isSaid, value ?? string.Empty, message);
    }
}
