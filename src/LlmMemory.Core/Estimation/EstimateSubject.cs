using LlmMemory.Adapters;
using LlmMemory.Estimation.Serving;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Serving;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation;

/// <summary>What an estimate is about: the model and the settings it was made with, resolved.</summary>
internal sealed record EstimateSubject
{
    public string? Model { get; init; }

    public string? Engine { get; init; }

    public string? EngineVersion { get; init; }

    public required string Method { get; init; }

    public required long Parameters { get; init; }

    public required string DataType { get; init; }

    public required string Mode { get; init; }

    /// <summary>The phases of the job; null where there is one, which has the mode's name.</summary>
    public EstimatePhases? Phases { get; init; }

    /// <summary>What is served and with which settings, defaults filled in; null where nothing is served.</summary>
    public InferenceWorkload? Workload { get; init; }

    /// <summary>What an engine that fills its memory with a cache can serve; null for all others.</summary>
    public ServingCapacity? Capacity { get; init; }

    /// <summary>How it is trained, null where nothing is.</summary>
    public ResolvedTraining? Training { get; init; }

    /// <summary>How a known model is trained, defaults filled in; null for all others.</summary>
    public TrainingRun? Run { get; init; }

    /// <summary>The framework that trains; null where none is modelled.</summary>
    public string? Framework { get; init; }

    /// <summary>The version from which on its rules hold.</summary>
    public string? FrameworkVersion { get; init; }

    /// <summary>The adapter, tensor by tensor; null where it is none, or only its count is known.</summary>
    public AdapterInventory? Adapter { get; init; }

    public long? AdapterParameters { get; init; }

    public string? AdapterDataType { get; init; }
}
