using System.Collections.Generic;

namespace LlmMemory.Workloads.Training;

/// <content>What is to be said beside the run.</content>
public sealed partial record TrainingRun
{
    /// <summary>Sentences that the estimate takes among its assumptions: settings of a configuration that are not modelled.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
