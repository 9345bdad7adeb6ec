using LlmMemory.Naming;

namespace LlmMemory.Workloads.Training;

/// <summary>What is computed again in the backward pass, so that it need not be kept: gradient checkpointing.</summary>
public sealed class Recomputation : NamedChoice
{
    private Recomputation(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>Nothing.</summary>
    public static Recomputation None { get; } =
        new("None", "None: every layer keeps what its backward pass needs", "off", "false", "no");

    /// <summary>The core of attention: what grows with the square of the length.</summary>
    public static Recomputation Selective { get; } =
        new("Selective", "Selective: scores and probabilities of attention are computed again");

    /// <summary>Every layer, from its input.</summary>
    public static Recomputation Full { get; } =
        new("Full", "Full: every layer is computed again from its input (gradient checkpointing)", "on", "true", "gradientcheckpointing", "checkpointing");

    /// <summary>Every layer, from an input that lies in host memory.</summary>
    public static Recomputation Offloaded { get; } =
        new("Offloaded", "Offloaded: as Full, with the inputs of layers in host memory, two of them on the device", "unsloth", "offload");

    /// <summary>Megatron: some layers of each stage from their inputs, the others not.</summary>
    public static Recomputation Block { get; } =
        new("Block", "Block: Megatron; the first -RecomputeLayers layers of each stage, the others not at all");

    /// <summary>All of them.</summary>
    public static NamedCatalogue<Recomputation> All { get; } =
        new("way to recompute", Errors.ErrorIds.RecomputationUnknown, None, Selective, Full, Offloaded, Block);

    /// <summary>True where layers keep their input alone.</summary>
    public bool KeepsInputsOnly => this == Full || this == Offloaded;
}
