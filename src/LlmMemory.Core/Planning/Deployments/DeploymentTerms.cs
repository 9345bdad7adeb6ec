using System.Threading;

namespace LlmMemory.Planning.Deployments;

/// <summary>What a search for deployments may change, and what it prefers.</summary>
public sealed record DeploymentTerms
{
    /// <summary>What makes one plan better than another.</summary>
    public DeploymentObjective Objective { get; init; } = DeploymentObjective.Default;

    /// <summary>How careful a verdict is.</summary>
    public FitTerms Fit { get; init; } = new();

    /// <summary>True where weights and cache may be stored in fewer bits than was asked.</summary>
    public bool AllowQuantization { get; init; }

    /// <summary>True where llama.cpp may leave layers on the host.</summary>
    public bool AllowOffload { get; init; }

    /// <summary>True for every layout, not only the best of each device and format.</summary>
    public bool EveryLayout { get; init; }

    /// <summary>True for plans that do not fit as well, with the reason.</summary>
    public bool IncludeRejected { get; init; }

    /// <summary>Ends the search.</summary>
    public CancellationToken Stopping { get; init; }
}
