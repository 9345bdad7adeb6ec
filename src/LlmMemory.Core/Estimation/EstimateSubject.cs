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

    public string? Optimizer { get; init; }

    public decimal? SafetyMargin { get; init; }

    public decimal? TrainingMultiplier { get; init; }

    public long? AdapterParameters { get; init; }

    public string? AdapterDataType { get; init; }
}
