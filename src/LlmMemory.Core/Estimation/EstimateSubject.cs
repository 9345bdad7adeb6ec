using LlmMemory.Workloads;

namespace LlmMemory.Estimation;

/// <summary>What an estimate is about: the model and the settings it was made with, resolved.</summary>
internal sealed record EstimateSubject
{
    public string? Model { get; init; }

    public string? Engine { get; init; }

    public required string Method { get; init; }

    public required long Parameters { get; init; }

    public required string DataType { get; init; }

    public required string Mode { get; init; }

    public required string Phase { get; init; }

    /// <summary>How it is trained, null where nothing is.</summary>
    public ResolvedTraining? Training { get; init; }

    public long? AdapterParameters { get; init; }

    public string? AdapterDataType { get; init; }
}
