using LlmMemory.Naming;

namespace LlmMemory.Workloads.Training;

/// <summary>How the loss is computed from the last hidden states: which copies of the logits there are.</summary>
public sealed class LossKernel : NamedChoice
{
    private LossKernel(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>torch.nn.functional.cross_entropy on all logits.</summary>
    public static LossKernel Torch { get; } =
        new("Torch", "Torch: cross entropy on all logits, with the copies that the framework makes", "eager", "none");

    /// <summary>A kernel that keeps a number for each token and writes the gradient into the logits.</summary>
    public static LossKernel FusedCrossEntropy { get; } =
        new("FusedCrossEntropy", "FusedCrossEntropy: no log-softmax; the gradient is written into the logits", "fastce", "unsloth", "fusedce");

    /// <summary>Head and loss in one, chunk by chunk: the logits of all tokens are never there.</summary>
    public static LossKernel FusedLinear { get; } =
        new("FusedLinear", "FusedLinear: head and loss together, chunk by chunk (Liger)", "liger", "fusedlinearcrossentropy");

    /// <summary>The logits in chunks of tokens, each with a loss of its own.</summary>
    public static LossKernel Chunked { get; } =
        new("Chunked", "Chunked: logits in 8 chunks of tokens, each upcast by itself (torchtune)", "chunkedcrossentropy");

    /// <summary>Cut cross entropy: logits live in on-chip memory alone.</summary>
    public static LossKernel Cut { get; } =
        new("Cut", "Cut: cut cross entropy; logits never reach memory", "cce", "cutcrossentropy");

    /// <summary>Megatron's own fusion: what torch.compile makes of the loss, out of place.</summary>
    public static LossKernel Compiled { get; } =
        new("Compiled", "Compiled: Megatron's native fusion; a second copy of the logits in 32 bits", "native");

    /// <summary>All of them.</summary>
    public static NamedCatalogue<LossKernel> All { get; } =
        new("loss kernel", Errors.ErrorIds.LossKernelUnknown, Torch, FusedCrossEntropy, FusedLinear, Chunked, Cut, Compiled);
}
