using LlmMemory.Naming;

namespace LlmMemory.Workloads.Training;

/// <summary>A generation of NVIDIA's GPUs, as far as it decides how much libraries reserve for themselves.</summary>
public sealed class GpuGeneration : NamedChoice
{
    private GpuGeneration(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>A100 and its kin.</summary>
    public static GpuGeneration Ampere { get; } = new("Ampere", "Ampere: A100", "a100", "sm80");

    /// <summary>H100, H200 and their kin.</summary>
    public static GpuGeneration Hopper { get; } = new("Hopper", "Hopper: H100, H200", "h100", "h200", "sm90");

    /// <summary>B200, GB200 and their kin.</summary>
    public static GpuGeneration Blackwell { get; } = new("Blackwell", "Blackwell: B200, GB200", "b200", "gb200", "sm100");

    /// <summary>All of them.</summary>
    public static NamedCatalogue<GpuGeneration> All { get; } =
        new("generation of GPUs", Errors.ErrorIds.GpuGenerationUnknown, Ampere, Hopper, Blackwell);
}
