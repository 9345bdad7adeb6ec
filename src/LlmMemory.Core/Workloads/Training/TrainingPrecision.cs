using LlmMemory.Naming;

namespace LlmMemory.Workloads.Training;

/// <summary>In which type a training computes, beside the one that its weights are loaded in.</summary>
public sealed class TrainingPrecision : NamedChoice
{
    private TrainingPrecision(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>In the type of the weights: all in 32 bits, or all in BF16.</summary>
    public static TrainingPrecision Pure { get; } =
        new("Pure", "Pure: computes in the type that the weights are loaded in", "no", "none");

    /// <summary>Under autocast: matrices in BF16 or F16, whatever the weights are loaded in (bf16=True).</summary>
    public static TrainingPrecision Mixed { get; } =
        new("Mixed", "Mixed: matrices in BF16 or F16 under autocast (bf16=True, fp16=True)", "amp", "autocast", "bf16", "fp16");

    /// <summary>All of them.</summary>
    public static NamedCatalogue<TrainingPrecision> All { get; } =
        new("training precision", Errors.ErrorIds.TrainingPrecisionUnknown, Pure, Mixed);
}
