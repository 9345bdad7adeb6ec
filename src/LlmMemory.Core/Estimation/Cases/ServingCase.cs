using System;
using LlmMemory.Estimation.Serving;
using LlmMemory.Models;
using LlmMemory.Naming;
using LlmMemory.Quantization;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Cases;

/// <summary>A known model that an engine serves.</summary>
public sealed class ServingCase : EstimateCase
{
    private readonly LlmModel _given;

    /// <summary>Creates the case.</summary>
    /// <param name="given">The model, its weights as they were given.</param>
    /// <param name="prepared">The same as the engine has read it, its weights stored as they will be.</param>
    /// <param name="workload">What it is asked to do.</param>
    /// <param name="version">The engine's version; the newest whose rules are known when null.</param>
    public ServingCase(LlmModel given, PreparedModel prepared, InferenceWorkload workload, string? version)
    {
        _given = given ?? throw new ArgumentNullException(nameof(given));
        Prepared = prepared ?? throw new ArgumentNullException(nameof(prepared));
        Workload = workload ?? throw new ArgumentNullException(nameof(workload));
        Version = version;
    }

    /// <inheritdoc/>
    public override LlmModel Model => _given;

    /// <summary>The model as the engine has read it.</summary>
    public PreparedModel Prepared { get; }

    /// <summary>What it is asked to do.</summary>
    public InferenceWorkload Workload { get; }

    /// <summary>The engine's version; null for the newest.</summary>
    public string? Version { get; }

    /// <inheritdoc/>
    internal override bool KnowsDevices => true;

    /// <summary>The same with another workload.</summary>
    internal ServingCase With(InferenceWorkload workload)
    {
        return new ServingCase(_given, Prepared, workload, Version);
    }

    /// <inheritdoc/>
    internal override EstimateCase StoredAs(INamed format)
    {
        var stored = WeightFormats.SchemeOf(format).Quantize(_given);
        return new ServingCase(_given, Prepared.Engine.Prepare(stored), Workload, Version);
    }

    private protected override MemoryEstimate Make()
    {
        return Prepared.Estimate(Workload, Version);
    }
}
