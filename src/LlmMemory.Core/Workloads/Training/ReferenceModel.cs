using LlmMemory.Naming;

namespace LlmMemory.Workloads.Training;

/// <summary>Whether a recipe compares the model with the one that it began as.</summary>
public sealed class ReferenceModel : NamedChoice
{
    private ReferenceModel(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>It does not while it trains: beta is 0, or the log-probabilities were computed before.</summary>
    public static ReferenceModel None { get; } =
        new("None", "None: beta is 0, or the log-probabilities were computed before", "precomputed", "no");

    /// <summary>It does: with a copy of the model, or with the base whose adapter is switched off.</summary>
    public static ReferenceModel Frozen { get; } =
        new("Frozen", "Frozen: a copy of the model; with an adapter, the base without it");

    /// <summary>All of them.</summary>
    public static NamedCatalogue<ReferenceModel> All { get; } =
        new("reference model", Errors.ErrorIds.ReferenceModelUnknown, None, Frozen);
}
