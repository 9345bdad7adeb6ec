using System;
using System.Collections.Generic;
using LlmMemory.Errors;
using LlmMemory.Estimation.Calibration;
using LlmMemory.Models;
using LlmMemory.Naming;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving;

/// <summary>An engine that serves models: what it allocates, by the rules of one of its versions.</summary>
public abstract class ServingEngine : NamedChoice
{
    private protected ServingEngine(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>What the engine does with the rest of a device's memory.</summary>
    internal virtual DeviceFilling Filling => DeviceFilling.None;

    /// <summary>True where a device's memory changes what the engine does.</summary>
    internal virtual bool ReadsDeviceMemory => Filling != DeviceFilling.None;

    /// <summary>How the engine is told to use several devices.</summary>
    internal virtual DeviceSplitting Splitting => DeviceSplitting.Ranks;

    /// <summary>Reads a model, so that estimates of many workloads do not read it again.</summary>
    /// <param name="model">The model, its weights stored as they will be.</param>
    /// <exception cref="LlmMemoryException">
    /// The engine refuses the model; <see cref="ErrorIds.ServingNeedsArchitecture"/>; or
    /// <see cref="ErrorIds.EstimateOverflow"/>.
    /// </exception>
    public PreparedModel Prepare(LlmModel model)
    {
        if (model is null)
        {
            throw new ArgumentNullException(nameof(model));
        }

        if (model.Architecture is null)
        {
            throw new LlmMemoryException(
                ErrorIds.ServingNeedsArchitecture,
                model.Name,
                $"Only the tensors of {Quoted.Value(model.Name)} are known, not how it is built, so its cache cannot be told. "
                + "Give the model's folder with its config.json, or the name of a known model: llama-3.1-8b.");
        }

        try
        {
            return new PreparedModel(this, model, Read(model));
        }
        catch (OverflowException overflow)
        {
            throw Overflow(model, overflow);
        }
    }

    /// <summary>Estimates serving a model once.</summary>
    /// <param name="model">The model, its weights stored as they will be.</param>
    /// <param name="workload">What it is asked to do; what is null there is the engine's default.</param>
    /// <param name="version">The engine's version; the newest whose rules are known when null.</param>
    /// <exception cref="LlmMemoryException">As <see cref="Prepare"/> and <see cref="PreparedModel.Estimate"/>.</exception>
    public MemoryEstimate Estimate(LlmModel model, InferenceWorkload workload, string? version = null)
    {
        return Prepare(model).Estimate(workload, version);
    }

    /// <summary>An estimate whose components are set to what logs reported.</summary>
    private protected static MemoryEstimate Calibrated(
        EstimateSubject subject, ComponentDraft[] drafts, IList<string> assumptions, AppliedCalibration calibration)
    {
        var (low, high) = calibration.Band(drafts, subject.Capacity is not null);
        return new MemoryEstimate(subject, null, drafts, assumptions)
        {
            LowBytes = low,
            HighBytes = high,
            Validation = EstimateValidation.Calibrated,
        };
    }

    internal static LlmMemoryException Overflow(LlmModel model, OverflowException overflow)
    {
        return new LlmMemoryException(
            ErrorIds.EstimateOverflow,
            model.Name,
            $"Serving {Quoted.Value(model.Name)} this way does not fit 64 bits (9.2e18 bytes). "
            + "Write a smaller context such as 32k, or fewer requests.",
            overflow);
    }

    /// <summary>The version whose rules a version is estimated by; null for an engine whose rules have none.</summary>
    /// <param name="version">The version; the one that is taken when none is said, when null.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.EngineVersionUnknown"/>.</exception>
    internal virtual string? RulesOf(string? version)
    {
        return null;
    }

    /// <summary>Reads a model, and gives what estimates it.</summary>
    private protected abstract Func<InferenceWorkload, string?, MemoryEstimate> Read(LlmModel model);
}
