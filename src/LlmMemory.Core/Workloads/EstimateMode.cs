using LlmMemory.Naming;

namespace LlmMemory.Workloads;

/// <summary>What is done with the model: serve it or train all of it.</summary>
public sealed class EstimateMode : NamedChoice
{
    private EstimateMode(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>The model answers requests.</summary>
    public static EstimateMode Inference { get; } =
        new("Inference", "Inference: the weights, to serve the model", "serving", "serve", "infer");

    /// <summary>Every weight is trained.</summary>
    public static EstimateMode Training { get; } =
        new("Training", "Training: weights, working set, gradients, optimizer states and a margin", "train", "finetuning");

    /// <summary>What is taken when no mode is said.</summary>
    public static EstimateMode Default => Inference;

    /// <summary>All of them.</summary>
    public static NamedCatalogue<EstimateMode> All { get; } =
        new("mode", Errors.ErrorIds.ModeUnknown, Inference, Training);
}
