using LlmMemory.Naming;

namespace LlmMemory.Workloads.Training;

/// <summary>Which parts of a layer run in kernels that keep less for the backward pass than PyTorch's own operations.</summary>
public sealed class LayerKernels : NamedChoice
{
    private LayerKernels(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>PyTorch's own operations.</summary>
    public static LayerKernels Eager { get; } = new("Eager", "Eager: PyTorch's own operations", "none", "torch");

    /// <summary>Liger: normalisation, gated feed-forward and the loss with its head.</summary>
    public static LayerKernels Liger { get; } = new("Liger", "Liger: normalisation and SwiGLU; the loss with its head unless -LossKernel says otherwise")
    {
        FusesNorms = true,
        FusesMlp = true,
        Loss = LossKernel.FusedLinear,
    };

    /// <summary>The kernels of fms-acceleration, from Unsloth's: normalisation, loss, LoRA on a quantised base.</summary>
    public static LayerKernels Foak { get; } = new("Foak", "Foak: fms-acceleration's kernels, from Unsloth's: normalisation, loss, LoRA on a quantised base", "fms")
    {
        FusesNorms = true,
        FusesQuantizedLora = true,
        Loss = LossKernel.FusedCrossEntropy,
    };

    /// <summary>What torch.compile makes of normalisations and gated feed-forward networks.</summary>
    public static LayerKernels Compiled { get; } = new("Compiled", "Compiled: normalisation and SwiGLU as torch.compile fuses them", "compile", "torchcompile")
    {
        FusesNorms = true,
        FusesMlp = true,
    };

    /// <summary>NVIDIA's Transformer Engine, which Megatron runs its layers in.</summary>
    public static LayerKernels TransformerEngine { get; } = new("TransformerEngine", "TransformerEngine: NVIDIA's, which Megatron runs its layers in", "te");

    /// <summary>All of them.</summary>
    public static NamedCatalogue<LayerKernels> All { get; } =
        new("set of kernels", Errors.ErrorIds.LayerKernelsUnknown, Eager, Liger, Foak, Compiled, TransformerEngine);

    /// <summary>True where a normalisation keeps its input as it is, and no copy in 32 bits.</summary>
    public bool FusesNorms { get; private init; }

    /// <summary>True where the activation of a gated feed-forward network is computed again in the backward pass.</summary>
    public bool FusesMlp { get; private init; }

    /// <summary>True where LoRA beside quantised weights is one operation.</summary>
    public bool FusesQuantizedLora { get; private init; }

    /// <summary>The loss that comes with them; null for the framework's own.</summary>
    public LossKernel? Loss { get; private init; }
}
