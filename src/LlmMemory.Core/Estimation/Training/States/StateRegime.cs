namespace LlmMemory.Estimation.Training.States;

/// <summary>How many bytes a trained weight has in each of its forms.</summary>
/// <param name="WeightBytes">Bytes of a weight as it is kept.</param>
/// <param name="GradientBytes">Bytes of its gradient.</param>
/// <param name="OptimizerBytes">Bytes of a weight as the optimizer sees it, which its moments have too.</param>
/// <param name="GatheredBytes">Bytes of a weight as it is gathered and computed with.</param>
internal sealed record StateRegime(int WeightBytes, int GradientBytes, int OptimizerBytes, int GatheredBytes)
{
    /// <summary>Bytes of a copy of the weight that the optimizer works on; 0 where it works on the weight.</summary>
    public int MasterBytes { get; init; }

    /// <summary>Bytes of a copy of the gradient that is there while the optimizer steps.</summary>
    public int StepGradientBytes { get; init; }

    /// <summary>In words, for an estimate: <c>weights 2, gradients 2 bytes</c>.</summary>
    public required string Description { get; init; }

    /// <summary>Where that is written.</summary>
    public required string Source { get; init; }

    /// <summary>Weights, gradients and moments in the type that the weights are loaded in.</summary>
    public static StateRegime AsLoaded(int bytes, bool usesAutocast)
    {
        return new(bytes, bytes, bytes, usesAutocast ? 2 : bytes)
        {
            Description = $"weights, gradients and moments in the {8 * bytes} bits that the weights are loaded in",
            Source = "pytorch/pytorch torch/optim: gradients and moments have the type of their parameter",
        };
    }

    /// <summary>An adapter beside frozen weights, in a type of its own.</summary>
    /// <param name="bytes">Bytes of one of its weights.</param>
    public static StateRegime Adapter(int bytes)
    {
        return new(bytes, bytes, bytes, 2)
        {
            Description = $"the adapter, its gradients and moments in {8 * bytes} bits",
            Source = "huggingface/peft src/peft/tuners/tuners_utils.py, cast_adapter_dtype",
        };
    }

    /// <summary>accelerate's FSDP under mixed precision keeps what is trained in 32 bits, and gathers it in 16.</summary>
    public static StateRegime UpcastBySharding { get; } = new(4, 4, 4, 2)
    {
        Description = "weights, gradients and moments in 32 bits, gathered in 16: accelerate upcasts what FSDP trains",
        Source = "huggingface/accelerate src/accelerate/accelerator.py, prepare_model: upcasted_log",
    };

    /// <summary>DeepSpeed keeps weights and gradients in 16 bits, and a copy of the weights in 32 for the optimizer.</summary>
    public static StateRegime DeepSpeed { get; } = new(2, 2, 4, 2)
    {
        MasterBytes = 4,
        StepGradientBytes = 4,
        Description = "weights and gradients in 16 bits, a copy of the weights and the moments in 32",
        Source = "deepspeedai/DeepSpeed deepspeed/runtime/zero/stage_1_and_2.py",
    };
}
