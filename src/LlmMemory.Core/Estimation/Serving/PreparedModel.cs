using System;
using LlmMemory.Errors;
using LlmMemory.Estimation.Calibration;
using LlmMemory.Models;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// A model as an engine has read it: whoever asks for many workloads of one model prepares it once. It never changes,
/// and threads may share it.
/// </summary>
public sealed class PreparedModel
{
    private readonly Func<InferenceWorkload, string?, MemoryEstimate> _estimate;

    internal PreparedModel(ServingEngine engine, LlmModel model, Func<InferenceWorkload, string?, MemoryEstimate> estimate)
    {
        Engine = engine;
        Model = model;
        _estimate = estimate;
    }

    /// <summary>The engine that serves it.</summary>
    public ServingEngine Engine { get; }

    /// <summary>The model.</summary>
    public LlmModel Model { get; }

    /// <summary>Estimates serving the model.</summary>
    /// <param name="workload">What it is asked to do; what is null there is the engine's default.</param>
    /// <param name="version">The engine's version; the newest whose rules are known when null.</param>
    /// <exception cref="LlmMemoryException">
    /// The engine refuses a setting or the model; <see cref="ErrorIds.CalibrationMismatch"/>; <see cref="ErrorIds.EngineVersionUnknown"/>; or
    /// <see cref="ErrorIds.EstimateOverflow"/>.
    /// </exception>
    public MemoryEstimate Estimate(InferenceWorkload workload, string? version = null)
    {
        if (workload is null)
        {
            throw new ArgumentNullException(nameof(workload));
        }

        CalibrationCheck.Check(workload, Engine, version);
        try
        {
            return _estimate(workload, version);
        }
        catch (OverflowException overflow)
        {
            throw ServingEngine.Overflow(Model, overflow);
        }
    }
}
