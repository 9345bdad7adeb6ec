using System;
using LlmMemory.Estimation.Architecture;
using LlmMemory.Models;
using LlmMemory.Naming;
using LlmMemory.Quantization;
using LlmMemory.Workloads;

namespace LlmMemory.Estimation.Cases;

/// <summary>A known model's weights, and what the rule of thumb adds to them.</summary>
public sealed class WeightsCase : EstimateCase
{
    private readonly LlmModel _given;
    private readonly LlmModel _stored;
    private readonly Func<LlmModel, MemoryEstimate> _estimate;

    private WeightsCase(LlmModel given, LlmModel stored, Func<LlmModel, MemoryEstimate> estimate)
    {
        _given = given ?? throw new ArgumentNullException(nameof(given));
        _stored = stored ?? throw new ArgumentNullException(nameof(stored));
        _estimate = estimate;
    }

    /// <inheritdoc/>
    public override LlmModel Model => _given;

    /// <summary>Serving or training the model itself.</summary>
    /// <param name="given">The model, its weights as they were given.</param>
    /// <param name="stored">The same, its weights stored as they will be.</param>
    /// <param name="mode">Inference when null.</param>
    /// <param name="training">How the model is trained; read only in training.</param>
    public static WeightsCase Of(LlmModel given, LlmModel stored, EstimateMode? mode, TrainingWorkload training)
    {
        return new WeightsCase(given, stored, model => KnownModelEstimator.Estimate(model, mode, training));
    }

    /// <summary>Training an adapter of which only the size is known beside the model.</summary>
    /// <param name="given">The model, its weights as they were given.</param>
    /// <param name="stored">The same, its weights stored as they will be.</param>
    /// <param name="adapter">The adapter and how it is trained.</param>
    public static WeightsCase Of(LlmModel given, LlmModel stored, AdapterWorkload adapter)
    {
        return new WeightsCase(given, stored, model => KnownModelAdapterEstimator.Estimate(model, adapter));
    }

    /// <inheritdoc/>
    internal override EstimateCase StoredAs(INamed format)
    {
        return new WeightsCase(_given, WeightFormats.SchemeOf(format).Quantize(_given), _estimate);
    }

    private protected override MemoryEstimate Make()
    {
        return _estimate(_stored);
    }
}
