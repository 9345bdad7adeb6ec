using LlmMemory.Estimation.Cases;

namespace LlmMemory.Planning.Deployments;

/// <summary>One layout on one candidate, and the verdict on it.</summary>
/// <param name="Candidate">The devices.</param>
/// <param name="Case">What one copy does.</param>
/// <param name="GpusPerCopy">The devices of one copy.</param>
/// <param name="Copies">The copies of the model that share the requests.</param>
/// <param name="Fit">The verdict on one copy; null where the engine refuses the layout.</param>
/// <param name="Refusal">Why it is refused, or why there are too few devices; null where neither.</param>
internal sealed record DeploymentTrial(
    DeploymentCandidate Candidate, EstimateCase Case, int GpusPerCopy, int Copies, MemoryFit? Fit, string? Refusal = null)
{
    /// <summary>The devices of all copies.</summary>
    public int Gpus => GpusPerCopy * Copies;

    /// <summary>How far down the ladder of formats the weights are, 0 for as they were asked.</summary>
    public int Rung { get; init; }

    /// <summary>True where layers lie on the host.</summary>
    public bool Offloads { get; init; }

    /// <summary>True where it fits.</summary>
    public bool Fits => Refusal is null && Fit is { Fits: true };

    /// <summary>Why it does not; null where it does.</summary>
    public string? Reason => Refusal ?? Fit?.Reason;
}
