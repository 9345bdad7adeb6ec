using LlmMemory.Naming;

namespace LlmMemory.Workloads.Training;

/// <summary>How attention is computed while training, as far as it decides what is kept for the backward pass.</summary>
public sealed class AttentionKernel : NamedChoice
{
    private AttentionKernel(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>Scores and probabilities are written out: heads x length x length of them.</summary>
    public static AttentionKernel Eager { get; } =
        new("Eager", "Eager: scores and probabilities are kept, heads x length x length", "unfused", "core");

    /// <summary>torch.nn.functional.scaled_dot_product_attention: output and log-sum-exp are kept.</summary>
    public static AttentionKernel Sdpa { get; } =
        new("SDPA", "SDPA: PyTorch's scaled dot product; keeps its output and one number for each head and token", "torch", "fused");

    /// <summary>FlashAttention: output and log-sum-exp are kept, and heads of keys and values are not repeated.</summary>
    public static AttentionKernel Flash { get; } =
        new("Flash", "Flash: FlashAttention 2 or 3; keeps its output and one number for each head and token", "fa2", "flash_attention_2", "fa3", "flash_attention_3");

    /// <summary>All of them.</summary>
    public static NamedCatalogue<AttentionKernel> All { get; } =
        new("attention kernel", Errors.ErrorIds.AttentionKernelUnknown, Eager, Sdpa, Flash);
}
