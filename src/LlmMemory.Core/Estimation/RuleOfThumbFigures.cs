namespace LlmMemory.Estimation;

/// <summary>The rule of thumb's own intermediate figures, in bytes. They overlap; the components do not.</summary>
internal sealed record RuleOfThumbFigures
{
    /// <summary>The model's storage: parameters x bytes per parameter.</summary>
    public required long StorageBytes { get; init; }

    /// <summary>What inference takes: the storage.</summary>
    public required long InferenceBytes { get; init; }

    /// <summary>What training takes before gradients and optimizer states: storage x multiplier.</summary>
    public long? TrainingBytes { get; init; }

    /// <summary>Training, gradients and optimizer states together, before the margin.</summary>
    public long? SubtotalBytes { get; init; }
}
