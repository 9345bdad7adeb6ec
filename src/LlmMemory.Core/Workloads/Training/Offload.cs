using LlmMemory.Naming;

namespace LlmMemory.Workloads.Training;

/// <summary>What of a training lies in host memory from step to step.</summary>
public sealed class Offload : NamedChoice
{
    private Offload(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>Nothing.</summary>
    public static Offload None { get; } = new("None", "None: everything lies on the devices", "no", "off");

    /// <summary>ZeRO-Offload: gradients, moments and the weights in 32 bits (offload_optimizer).</summary>
    public static Offload OptimizerStates { get; } =
        new("OptimizerStates", "OptimizerStates: ZeRO-Offload; gradients and optimizer states in host memory", "optimizer", "offload_optimizer", "cpu_offload");

    /// <summary>The weights too: ZeRO-3 with offload_param, FSDP with offload_params.</summary>
    public static Offload Weights { get; } =
        new("Weights", "Weights: weights too, gathered on the devices layer by layer (offload_param, FSDP's offload_params)", "parameters", "params", "offload_param", "offload_params");

    /// <summary>All of them.</summary>
    public static NamedCatalogue<Offload> All { get; } = new("offload", Errors.ErrorIds.OffloadUnknown, None, OptimizerStates, Weights);
}
