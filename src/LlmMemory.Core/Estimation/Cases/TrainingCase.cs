using System;
using LlmMemory.Adapters;
using LlmMemory.Estimation.Training;
using LlmMemory.Models;
using LlmMemory.Naming;
using LlmMemory.Quantization;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Cases;

/// <summary>A known model that a framework trains, whole or by an adapter.</summary>
public sealed class TrainingCase : EstimateCase
{
    private readonly LlmModel _given;
    private readonly LlmModel _stored;

    /// <summary>Creates the case.</summary>
    /// <param name="given">The model, its weights as they were given.</param>
    /// <param name="stored">The same, its weights as they are loaded.</param>
    /// <param name="framework">The framework.</param>
    /// <param name="run">How it is trained; with an adapter, the one that <paramref name="adapter"/> describes.</param>
    /// <param name="version">The framework's version; the newest whose rules are known when null.</param>
    /// <param name="adapter">The adapter as it was described; null where all weights are trained.</param>
    public TrainingCase(
        LlmModel given, LlmModel stored, TrainingFramework framework, TrainingRun run, string? version, AdapterSpecification? adapter = null)
    {
        _given = given ?? throw new ArgumentNullException(nameof(given));
        _stored = stored ?? throw new ArgumentNullException(nameof(stored));
        Framework = framework ?? throw new ArgumentNullException(nameof(framework));
        Run = run ?? throw new ArgumentNullException(nameof(run));
        Version = version;
        Adapter = adapter;
    }

    /// <inheritdoc/>
    public override LlmModel Model => _given;

    /// <summary>The framework.</summary>
    public TrainingFramework Framework { get; }

    /// <summary>How the model is trained.</summary>
    public TrainingRun Run { get; }

    /// <summary>The framework's version; null for the newest.</summary>
    public string? Version { get; }

    /// <summary>The adapter as it was described; null where all weights are trained.</summary>
    public AdapterSpecification? Adapter { get; }

    /// <inheritdoc/>
    internal override bool KnowsDevices => true;

    /// <summary>The same, trained another way.</summary>
    internal TrainingCase With(TrainingRun run)
    {
        return new TrainingCase(_given, _stored, Framework, run, Version, Adapter);
    }

    /// <summary>The same with another adapter.</summary>
    internal TrainingCase With(AdapterSpecification adapter)
    {
        return Adapting(_stored, adapter);
    }

    /// <inheritdoc/>
    internal override EstimateCase StoredAs(INamed format)
    {
        var stored = WeightFormats.SchemeOf(format).Quantize(_given);
        return Adapter is null ? new TrainingCase(_given, stored, Framework, Run, Version) : Adapting(stored, Adapter);
    }

    private protected override MemoryEstimate Make()
    {
        return Framework.Estimate(_stored, Run, Version);
    }

    private TrainingCase Adapting(LlmModel stored, AdapterSpecification adapter)
    {
        var run = Run with { Adapter = AdapterBuilder.Build(stored, adapter) };
        return new TrainingCase(_given, stored, Framework, run, Version, adapter);
    }
}
