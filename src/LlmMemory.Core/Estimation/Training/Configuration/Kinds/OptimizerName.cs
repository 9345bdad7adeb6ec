using System;
using LlmMemory.Workloads;

namespace LlmMemory.Estimation.Training.Configuration.Kinds;

/// <summary>Optimizers by the names that frameworks have for them.</summary>
internal static class OptimizerName
{
    /// <summary>
    /// A name of transformers: adamw_torch, paged_adamw_8bit. Source: huggingface/transformers
    /// src/transformers/training_args.py, OptimizerNames.
    /// </summary>
    public static Optimizer OfTransformers(ConfigurationValue value)
    {
        return value.Name().ToUpperInvariant() switch
        {
            "ADAMW_APEX_FUSED" => Optimizer.AdamWFused,
            "ADAMW_TORCH_XLA" or "ADAMW_ANYPRECISION" => Optimizer.AdamW,
            "PAGED_LION_32BIT" or "PAGED_LION" => Optimizer.Lion,
            "GALORE_ADAMW_LAYERWISE" => Optimizer.GaLore,
            "APOLLO_ADAMW_LAYERWISE" => Optimizer.Apollo,
            _ => value.Named(Optimizer.All),
        };
    }

    /// <summary>
    /// A class in Python: torch.optim.AdamW, bitsandbytes.optim.PagedAdamW8bit, torchao.optim.AdamW8bit.
    /// </summary>
    /// <param name="value">The path of the class.</param>
    /// <param name="isFused">True where it is told to step in one kernel.</param>
    /// <param name="hasMomentum">True where it is told to keep a momentum.</param>
    public static Optimizer OfClass(ConfigurationValue value, bool isFused, bool hasMomentum)
    {
        var path = value.Name();
        var name = path.Substring(path.LastIndexOf('.') + 1).TrimStart('_');
        var isTorchAo = path.StartsWith("torchao", StringComparison.Ordinal);
        return name.ToUpperInvariant() switch
        {
            "ADAMW" or "ADAM" when isFused => Optimizer.AdamWFused,
            "ADAMW8BIT" when isTorchAo => Optimizer.TorchAoAdamW8Bit,
            "ADAMW4BIT" when isTorchAo => Optimizer.TorchAoAdamW4Bit,
            "SGD" when hasMomentum => Optimizer.SGDMomentum,
            _ => Optimizer.All.TryFind(name, out var known) ? known : throw value.Bad("no optimizer that is known here", "torch.optim.AdamW"),
        };
    }

    /// <summary>
    /// A type of DeepSpeed: its Adam is fused unless torch_adam is asked for. Source: deepspeedai/DeepSpeed
    /// runtime/engine.py, _configure_basic_optimizer.
    /// </summary>
    /// <param name="value">The type.</param>
    /// <param name="usesTorch">True where PyTorch's own is asked for.</param>
    /// <param name="hasMomentum">True where it is told to keep a momentum.</param>
    public static Optimizer OfDeepSpeed(ConfigurationValue value, bool usesTorch, bool hasMomentum)
    {
        return value.Name().ToUpperInvariant() switch
        {
            "ADAM" or "ADAMW" => usesTorch ? Optimizer.AdamW : Optimizer.AdamWFused,
            "SGD" => hasMomentum ? Optimizer.SGDMomentum : Optimizer.SGD,
            _ => value.Named(Optimizer.All),
        };
    }
}
