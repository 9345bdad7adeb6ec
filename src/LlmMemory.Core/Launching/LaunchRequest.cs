using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Planning.Deployments;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Serving;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Launching;

/// <summary>
/// What is to be started, and on what: a model, how it is served or trained, the devices, and the figures that led
/// there. An estimate fills it, and so may anything else that knows as much.
/// </summary>
public sealed record LaunchRequest
{
    /// <summary>The model's name; null where only a parameter count is known.</summary>
    public string? Model { get; init; }

    /// <summary>Where the model lies on the machine that starts it, or its name on the hub; null where nobody said.</summary>
    public string? ModelPath { get; init; }

    /// <summary>How the weights are stored.</summary>
    public string? DataType { get; init; }

    /// <summary>Inference, Training, LoRA or QLoRA.</summary>
    public required string Mode { get; init; }

    /// <summary>The engine or the framework that was estimated; null where none was.</summary>
    public string? Engine { get; init; }

    /// <summary>Its version.</summary>
    public string? EngineVersion { get; init; }

    /// <summary>How the model is served; null where it is not, or nothing is known of it.</summary>
    public InferenceWorkload? Serving { get; init; }

    /// <summary>How it is trained; null where it is not, or nothing is known of it.</summary>
    public TrainingRun? Training { get; init; }

    /// <summary>The devices on all nodes; 0 for none.</summary>
    public required int GpuCount { get; init; }

    /// <summary>The devices of a node; all, or eight of more, when null.</summary>
    public int? GpusPerNode { get; init; }

    /// <summary>Who makes them; NVIDIA when null.</summary>
    public GpuVendor? GpuVendor { get; init; }

    /// <summary>The bytes that led there.</summary>
    public required LaunchFigures Figures { get; init; }

    /// <summary>Why the engine does not start this way; null where it does, or nobody knows.</summary>
    public string? Refusal { get; init; }

    /// <summary>What is to be said beside the figures: why a plan was chosen, what is not known of it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// The defaults that were taken, as estimates say them: a sentence that ends in <c>(-MaxSequences).</c> says that
    /// nobody asked for that setting.
    /// </summary>
    public IReadOnlyList<string> Assumptions { get; init; } = [];

    /// <summary>True where something is trained.</summary>
    public bool IsTraining => Mode != EstimateMode.Inference.Name;

    /// <summary>The request that an estimate makes.</summary>
    /// <param name="estimate">The estimate.</param>
    public static LaunchRequest From(MemoryEstimate estimate)
    {
        if (estimate is null)
        {
            throw new ArgumentNullException(nameof(estimate));
        }

        return new LaunchRequest
        {
            Model = estimate.Model,
            DataType = estimate.DataType,
            Mode = estimate.Mode,
            Engine = estimate.Framework ?? estimate.Engine,
            EngineVersion = estimate.FrameworkVersion ?? estimate.EngineVersion,
            Serving = estimate.Workload,
            Training = estimate.Run,
            GpuCount = estimate.DeviceCount,
            Figures = FiguresOf(estimate),
            Refusal = estimate.Capacity?.Refusal,
            Assumptions = estimate.Assumptions,
            Notes = estimate.Run?.Recipe is { } recipe && recipe != Recipe.Sft ? [$"-Recipe {recipe}: the training's own code decides it."] : [],
        };
    }

    /// <summary>The request that a plan makes: the estimate of one copy, on the devices of all.</summary>
    /// <param name="plan">The plan.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.LaunchLayoutInvalid"/>: the plan does not fit.</exception>
    public static LaunchRequest From(DeploymentPlan plan)
    {
        if (plan is null)
        {
            throw new ArgumentNullException(nameof(plan));
        }

        if (plan is not { Fits: true, Estimate: { } estimate })
        {
            throw new LlmMemoryException(
                ErrorIds.LaunchLayoutInvalid, plan.GpuCount, $"The plan is not to be started, for it does not fit: {plan.Reason} Choose one that fits: Where-Object Fits.");
        }

        var request = From(estimate);
        var copies = plan.GpuCount / Math.Max(1, estimate.DeviceCount);
        return request with
        {
            GpuCount = plan.GpuCount,
            GpusPerNode = plan.Nodes > 1 ? plan.GpusPerNode : null,
            GpuVendor = plan.GpuVendor is { } vendor && Launching.GpuVendor.All.TryFind(vendor, out var known) ? known : null,
            Serving = copies > 1 && request.Serving is { } serving ? serving with { DataParallel = copies } : request.Serving,
            Notes = [$"{plan}.", .. copies > 1 ? [$"The figures are those of one of {copies} copies."] : (string[])[], .. request.Notes],
        };
    }

    /// <summary>Refuses a place that no model can have, or that an engine would take for an option.</summary>
    /// <param name="path">The place.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.LaunchModelPathInvalid"/>.</exception>
    public static void CheckModelPath(string path)
    {
        LaunchModel.CheckTyped(path);
    }

    /// <summary>True where a setting is a default that an estimate took.</summary>
    /// <param name="setting">The name of the parameter.</param>
    internal bool IsAssumed(string setting)
    {
        return Assumptions.Any(sentence => sentence.Contains($"(-{setting})"));
    }

    private static LaunchFigures FiguresOf(MemoryEstimate estimate)
    {
        return new LaunchFigures
        {
            WeightBytes = estimate.WeightBytes,
            KvCacheBytes = estimate.KvCacheBytes,
            ActivationBytes = estimate.ActivationBytes,
            GradientBytes = estimate.GradientBytes,
            OptimizerBytes = estimate.OptimizerBytes,
            AdapterBytes = estimate.AdapterBytes,
            OverheadBytes = estimate.OverheadBytes,
            SafetyMarginBytes = estimate.SafetyMarginBytes,
            TotalBytes = estimate.TotalBytes,
            MaxDeviceBytes = estimate.MaxDeviceBytes,
            HostBytes = estimate.HostBytes,
            LowBytes = estimate.LowBytes,
            HighBytes = estimate.HighBytes,
            Validation = estimate.Validation,
            Capacity = estimate.Capacity is { Starts: true } capacity ? capacity.ToString() : null,
        };
    }
}
